import ArgumentParser
import FeedbackLedger
import Foundation
import LedgerCore
import LedgerHTTP

struct Join: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make the ledger of an invited site, and greet its hub.",
    discussion: """
      CODE is what scorebook invite made: the file, - for standard input, or the line of --code. The \
      site's name, the hub and the certificate to trust are in it. Where the hub does not answer, the \
      ledger is made all the same: it records at once, and syncs later.
      """)

  @Argument(help: "The invitation: a file, -, or its code.")
  var code: String

  @Argument(help: "Where the ledger file goes; nothing may be there yet.")
  var path: String

  @OptionGroup var client: ClientCertificateOptions

  @Flag(help: "Talk plain HTTP to another machine.")
  var insecureHttp = false

  func run() throws {
    // No path is that long.
    let isCode = code.utf8.count > 300 && !FileManager.default.fileExists(atPath: code)
    let shown = try client.pair()
    let invitation = try InvitationFile(
      text: isCode ? code : InputFile.text(code, bytesMax: HandoverLimits.invitationBytesMax))
    // Before anything is made, and before anything of it is sent where others can listen in.
    if let hub = invitation.hub { _ = try HubAddress(hub.url, allowsPlain: insecureHttp) }
    let ledger: Ledger
    do {
      ledger = try Ledger.create(at: path, site: invitation.site, invitation: invitation)
    } catch {
      throw FileFailure(path: path, cause: error)
    }
    try Output.print(
      """
      ledger \(ledger.ledgerID.short)
      log    \(ledger.log)
      site   \(ledger.site), days in \(ledger.timeZone)
      key    \(try ledger.keyFingerprint())
      """)
    guard let hub = invitation.hub else {
      return try Output.print(
        "Record at once; exchange with: scorebook sync OTHER.ledger, or scorebook bundle OUT")
    }
    do {
      try HubSessions(
        ledger: ledger, place: { hub }, showing: shown, allowsPlain: insecureHttp, isOnce: true
      ).run()
    } catch let error as HubError where Self.leavesLedger(error) {
      Output.note(
        "\(ErrorWording.sentence(for: error)) Record at once, and sync later: scorebook sync "
          + "--ledger \(path)")
    }
  }

  /// Whether the ledger is good as it is, and only its first sync has to wait.
  private static func leavesLedger(_ error: HubError) -> Bool {
    if case .wantsCertificate = error { return true }
    return error.isTransient
  }
}
