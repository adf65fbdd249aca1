import ArgumentParser
import FeedbackLedger
import LedgerCore

struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prove that nothing was altered: hashes, signatures, clocks, texts and views.",
    discussion: "Writes nothing. Ends with 65 when anything is not as it should be.")

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    let report = try ledger.open().verify()
    try Output.print(
      """
      \(report.entries) entries in \(report.logs) logs, \(report.signedHeads) signed heads, \
      \(report.texts) texts, \(report.views) views
      heads \(report.digest?.short ?? ScoreText.none)
      """)
    for fork in report.forks { try Output.print(fork.lines) }
    for finding in report.findings { Output.note(finding.sentence) }
    guard report.findings.isEmpty else {
      throw CommandFailure.damageFound(report.findings.count)
    }
    try Output.print("verified")
  }
}
