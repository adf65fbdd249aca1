import ArgumentParser
import FeedbackLedger
import LedgerCore

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a ledger: the first of its kind, or one for an invited site.",
    discussion: """
      Without an invitation the ledger is a new one, and its site decides who else belongs to it. \
      With one (scorebook invite), it is a branch's copy of the inviting ledger, empty until the \
      first sync.
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

  func run() throws {
    if invite != nil, tz != nil { throw ArgumentFault.together("--tz", "--invite") }
    let invitation = try invite.map { try InvitationFile(text: InputFile.text($0)) }
    let ledger = try create(invitation)
    let next =
      invitation == nil
      ? "Record with: scorebook record KIND --ledger \(path), and add sites with: scorebook invite SITE"
      : invitation?.hub == nil
        ? "Record at once; exchange with: scorebook sync OTHER.ledger, or scorebook bundle OUT"
        : "Record at once; exchange with the hub: scorebook sync --ledger \(path)"
    try Output.print(
      """
      ledger \(ledger.ledgerID.short)
      log    \(ledger.log)
      site   \(ledger.site), days in \(ledger.timeZone)
      \(next)
      """)
  }

  private func create(_ invitation: InvitationFile?) throws -> Ledger {
    do {
      guard let invitation else {
        return try Ledger.create(at: path, site: site, timeZone: tz ?? "UTC")
      }
      return try Ledger.create(at: path, site: site, invitation: invitation)
    } catch {
      throw FileFailure(path: path, cause: error)
    }
  }
}
