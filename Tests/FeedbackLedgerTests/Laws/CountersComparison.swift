import FeedbackLedger
import LedgerCore
import LedgerStore
import Testing
import TestSupport

/// Fails with the counters that differ, by name.
func expect(
  _ found: NamedCounters, equal expected: NamedCounters, _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let difference = found.difference(from: expected)
  #expect(found == expected, "\(what): \(difference)", sourceLocation: sourceLocation)
}

/// One body over every form: kept counters, changes, replay and the reference say the same.
func expectSameAnswers(
  as reference: Reference, from ledger: Ledger, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let expected = reference.counters()
  let counters = StoreCounters(ledger)
  expect(try counters.kept(), equal: expected, "kept", sourceLocation: sourceLocation)
  expect(
    try counters.changed(upTo: try counters.lastPosition()), equal: expected, "changes",
    sourceLocation: sourceLocation)
  expect(try counters.replayed(), equal: expected, "replay", sourceLocation: sourceLocation)
}

/// The scores that a user sees, as text.
func scores(of ledger: Ledger, at point: PointInTime = .now) throws -> [String] {
  let metrics = ["nps", "csat", "ces", "csi.equal", "ticket.frt", "ticket.backlog"]
  return try metrics.filter { BuiltInMetrics.definition($0) != nil }.map { metric in
    let request = ScoreRequest(metric: metric, groupings: [.site, .month], at: point)
    let rows = try ledger.score(request).rows
    return rows.map { "\(metric) \($0.group) \($0.score)" }.joined(separator: "\n")
  }
}
