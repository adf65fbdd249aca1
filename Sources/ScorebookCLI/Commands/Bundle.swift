import ArgumentParser
import FeedbackLedger
import LedgerCore

struct Bundle: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write what another site lacks into a file, to be carried to it.",
    discussion: """
      Without --for the bundle holds everything. With the peer's heads (scorebook heads --json, run \
      there) it holds what comes after them. The peer takes it in: scorebook merge BUNDLE.
      """)

  @Argument(help: "Where the bundle goes.")
  var out: String

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp("The peer's heads, as JSON; - for standard input.", valueName: "heads"))
  var peer: String?

  @Flag(help: "Leave comments and all other texts out: scores do not need them.")
  var withoutText = false

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    let ledger = try ledger.open()
    let clock = try peer.map { try ClockFile.clock($0, of: ledger) } ?? VectorClock()
    let report = try bundle(of: ledger, for: clock)
    try Output.print(
      "\(out): \(report.events) events and \(report.texts) texts of \(report.logs) logs, "
        + "\(report.bytes) bytes")
  }

  private func bundle(of ledger: Ledger, for clock: VectorClock) throws -> BundleReport {
    do {
      return try ledger.bundle(to: out, for: clock, withoutText: withoutText)
    } catch {
      throw FileFailure(error, file: out, ledger: try self.ledger.path())
    }
  }
}
