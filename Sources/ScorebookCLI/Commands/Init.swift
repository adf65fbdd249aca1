import ArgumentParser
import FeedbackLedger
import Foundation
import LedgerCore

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a ledger: the first of its kind, or one for an invited site.",
    discussion: """
      Without an invitation the ledger is a new one, and its site decides who else belongs to it. \
      With one (scorebook invite), it is a branch's copy of the inviting ledger, empty until the \
      first sync.

      A new ledger's recovery key is shown this once: who has it can put another site in the place \
      of one that is lost or stolen (scorebook recover). Write it down, and keep it away from any \
      machine.
      """)

  @Argument(help: "Where the ledger file goes; nothing may be there yet.")
  var path: String

  @Option(help: "The name of the place that records here.")
  var site: String

  @Option(
    help: ArgumentHelp(
      "Time zone of days, such as Asia/Ho_Chi_Minh (default: UTC).", valueName: "zone"))
  var tz: String?

  @Option(help: ArgumentHelp("The invitation; - for standard input.", valueName: "file"))
  var invite: String?

  @Option(
    help: ArgumentHelp(
      "Write the recovery key to a new file instead of printing it.", valueName: "file"))
  var recoveryKey: String?

  func run() throws {
    if invite != nil, tz != nil { throw ArgumentFault.together("--tz", "--invite") }
    if invite != nil, recoveryKey != nil {
      throw ArgumentFault.together("--recovery-key", "--invite")
    }
    if let invite {
      let invitation = try InvitationFile(
        text: InputFile.text(invite, bytesMax: HandoverLimits.invitationBytesMax))
      try join(invitation)
    } else {
      try found()
    }
  }

  private func found() throws {
    let key = RecoveryKey()
    // The file first: a key that cannot be written down must not be a ledger's only one.
    if let recoveryKey { try OutputFile.write(recoveryKey) { Data((key.text + "\n").utf8) } }
    let ledger: Ledger
    do {
      ledger = try Ledger.create(at: path, site: site, timeZone: tz ?? "UTC", recoveryKey: key)
    } catch {
      if let recoveryKey { unlink(recoveryKey) }
      throw FileFailure(path: path, cause: error)
    }
    do {
      try show(ledger, recoveryKey: key)
    } catch  where recoveryKey == nil {
      // A ledger whose recovery key nobody has seen would have none. It holds nothing yet.
      Ledger.remove(path)
      throw CommandFailure.cannotPrintKey(path: path)
    }
  }

  private func show(_ ledger: Ledger, recoveryKey key: RecoveryKey) throws {
    try show(ledger)
    try Output.print(
      """
      recovery key \(recoveryKey.map { "in \($0)" } ?? key.text)
      It is not shown again. Keep it away from this machine: scorebook help recover
      Record with: scorebook record KIND --ledger \(path), and add sites with: scorebook invite SITE
      """)
  }

  private func join(_ invitation: InvitationFile) throws {
    let ledger: Ledger
    do {
      ledger = try Ledger.create(at: path, site: site, invitation: invitation)
    } catch {
      throw FileFailure(path: path, cause: error)
    }
    try show(ledger)
    try Output.print(
      invitation.hub == nil
        ? "Record at once; exchange with: scorebook sync OTHER.ledger, or scorebook bundle OUT"
        : "Record at once; exchange with the hub: scorebook sync --ledger \(path)")
  }

  private func show(_ ledger: Ledger) throws {
    try Output.print(
      """
      ledger \(ledger.ledgerID.short)
      log    \(ledger.log)
      site   \(ledger.site), days in \(ledger.timeZone)
      """)
  }
}
