import FeedbackLedger
import LedgerStore
import TestSupport
import Testing

/// Scenario 21, asked after each of the others: everything derived is what a replay from zero gives, row by row, and
/// nothing that is kept was altered.
func expectSound(
  _ ledgers: Ledger..., sourceLocation: SourceLocation = #_sourceLocation
) throws {
  for ledger in ledgers {
    let report = try ledger.verify()
    #expect(report.findings.isEmpty, "\(ledger.site)", sourceLocation: sourceLocation)
    #expect(report.views > 0, sourceLocation: sourceLocation)
    let before = try TableDump.views(of: ledger)
    try ledger.rebuild()
    let after = try TableDump.views(of: ledger)
    for table in before.keys.sorted() {
      #expect(
        after[table] == before[table], "21: \(table) at \(ledger.site)",
        sourceLocation: sourceLocation)
    }
    try expectSameAnswers(
      as: try Reference(of: ledger), from: ledger, sourceLocation: sourceLocation)
  }
}
