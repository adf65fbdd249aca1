import ArgumentParser
import FeedbackLedger

struct Merge: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Take in a bundle; what is held already is not taken twice.")

  @Argument(help: "The bundle file.")
  var bundle: String

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    let ledger = try ledger.open()
    let report = try merge(into: ledger)
    try Output.print(
      "received \(report.received) events and \(report.texts) texts from "
        + AlignedColumns.printable(report.peerSite))
    try report.printFindings(at: ledger.site)
    for fork in try ledger.forks() { try Output.print(fork.lines) }
    guard report.refusals.isEmpty else { throw CommandFailure.damageFound(report.refusals.count) }
  }

  private func merge(into ledger: Ledger) throws -> SyncReport {
    do {
      return try ledger.merge(bundle: bundle)
    } catch {
      throw FileFailure(error, file: bundle, ledger: try self.ledger.path())
    }
  }
}
