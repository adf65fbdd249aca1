import FeedbackLedger
import LedgerCore
import LedgerStore
import Testing
import TestSupport

/// Law 5: the parts of an explanation sum to the change.
@Suite struct `Law 5` {
  @Test(arguments: Seeds.all)
  func `the parts of an explanation sum to the change`(seed: UInt64) throws {
    var world = try World(seed: seed)
    try world.run(steps: 20)
    let early = try world.ledgers[1].store.read { $1.clock }
    try world.run(steps: 15)
    try world.converge()
    let other = try ReferenceLogs(of: world.authority)
    let random = other.closure(
      of: VectorClock(
        other.clock.entries.map {
          Address(log: $0.log, seq: UInt64.random(in: 0...$0.seq, using: &world.random))
        }))
    for metric in ["nps", "csat", "ces", "csi.equal", "ticket.frt", "ticket.backlog"]
    where BuiltInMetrics.definition(metric) != nil {
      let pairs: [(PointInTime, PointInTime)] = [
        (.clock(early), .now), (.clock(random), .now), (.clock(random), .clock(early)),
      ]
      for (first, second) in pairs {
        try expectSum(metric, from: first, to: second, in: world.authority)
      }
    }
  }

  private func expectSum(
    _ metric: String, from first: PointInTime, to second: PointInTime, in ledger: Ledger
  ) throws {
    let request = ScoreRequest(metric: metric)
    let explanation = try ledger.explain(request, from: first, to: second)
    let last = explanation.parts.last?.score ?? explanation.first
    #expect(last.counts == explanation.second.counts, "\(metric)")
    #expect(last.n == explanation.second.n, "\(metric)")
    var point = request
    point.at = second
    #expect(try ledger.score(point).rows.first?.score == explanation.second)
    let effects = explanation.parts.map(\.effect)
    guard let change = explanation.change, !effects.contains(nil) else { return }
    #expect(abs(effects.compactMap(\.self).reduce(0, +) - change) < 1e-9, "\(metric)")
  }
}
