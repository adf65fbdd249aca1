import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import Testing
import TestSupport

/// Laws 2, 3, 4, 5 and 6 where a customer's answers are compared.
@Suite struct `Laws of compared answers` {
  private static let questions: [(Dedupe, Set<Measure>, Grouping?)] = [
    (.latestPerCustomerPerWindow, [.nps], nil), (.latestPerCustomerPerWindow, [.csat], .month),
    (.latestPerTouchpoint, [.nps], .week), (.latestPerTouchpoint, [.csi, .csiRespondent], nil),
    (.all, [.ces], nil),
  ]

  private func expectCompared(
    _ ledger: Ledger, _ reference: Reference, at clock: VectorClock
  ) throws {
    for (dedupe, measures, period) in Self.questions {
      expect(
        try StoreCounters(ledger).compared(dedupe, measures, by: period, .clock(clock)),
        equal: reference.compared(dedupe, measures, by: period, at: clock),
        "\(dedupe) of \(measures) at \(ledger.site)")
    }
  }

  @Test(arguments: Seeds.all)
  func `a replay at any cut equals the reference, at every site`(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    var world = try World(seed: seed, folder: folder)
    try world.run(steps: 30)
    let ledger = world.ledgers[1]
    let reference = try Reference(of: ledger)
    for clock in try randomClocks(2, of: ledger, using: &world.random) {
      try expectCompared(ledger, reference, at: clock)
    }
    try world.converge()
    let whole = try Reference(of: world.authority)
    for ledger in world.ledgers { try expectCompared(ledger, whole, at: whole.logs.clock) }
  }

  @Test(arguments: Seeds.all)
  func `merge then unmerge is the identity`(seed: UInt64) throws {
    var world = try World(seed: seed)
    try world.run(steps: 20)
    let ledger = world.ledgers[Int.random(in: world.sites.indices, using: &world.random)]
    func answers() throws -> [NamedCounters] {
      try Self.questions.map { try StoreCounters(ledger).compared($0, $1, by: $2) }
    }
    let before = try answers()
    let people = (0..<6).map { EventDraft.Customer.pseudonym(CustomerID(high: 7, low: $0)) }
      .shuffled(using: &world.random)
    let merge = try ledger.mergeCustomers(people[0], absorbing: Array(people[1..<4]))
    _ = try ledger.unmergeCustomers(merge)
    #expect(try answers() == before)
  }

  @Test(arguments: Seeds.all)
  func `the parts of an explanation sum to the change`(seed: UInt64) throws {
    var world = try World(seed: seed)
    let metrics = try [Definitions.latest, Definitions.touchpoint].map {
      try world.authority.define($0).definition.id
    }
    try world.converge()
    try world.run(steps: 20)
    let early = try world.ledgers[1].store.read { $1.clock }
    try world.run(steps: 15)
    try world.converge()
    let random = try randomClocks(1, of: world.authority, using: &world.random)[0]
    let pairs: [(PointInTime, PointInTime)] = [
      (.clock(early), .now), (.clock(random), .now), (.clock(random), .clock(early)),
    ]
    for metric in metrics {
      for (first, second) in pairs {
        try expectSum(
          ScoreRequest(metric: metric), from: first, to: second, in: world.authority)
        let filter = Label(key: "channel", value: "phone")
        try expectSum(
          ScoreRequest(metric: metric, from: WallClock.start, filters: [filter], timeZone: "UTC"),
          from: first, to: second, in: world.authority)
      }
    }
  }

  @Test(arguments: Seeds.all)
  func `a history ends where the score stands, and each line differs from a cause`(
    seed: UInt64
  ) throws {
    var world = try World(seed: seed, branches: 2)
    _ = try world.authority.define(Definitions.latest)
    try world.converge()
    try world.run(steps: 15)
    try world.converge()
    let request = ScoreRequest(metric: "nps.latest")
    let history = try world.authority.history(request)
    #expect(history.allSatisfy { !$0.causes.isEmpty })
    let now = try world.authority.score(request).rows.first?.score
    if let last = history.last { #expect(last.score == now) }
  }
}

/// The parts of an explanation end at the second score, and their effects sum to the change.
func expectSum(
  _ request: ScoreRequest, from first: PointInTime, to second: PointInTime, in ledger: Ledger
) throws {
  let explanation = try ledger.explain(request, from: first, to: second)
  let last = explanation.parts.last?.score ?? explanation.first
  #expect(last.counts == explanation.second.counts, "\(request.metric)")
  #expect(last.n == explanation.second.n, "\(request.metric)")
  let effects = explanation.parts.map(\.effect)
  guard let change = explanation.change, !effects.contains(nil) else { return }
  #expect(abs(effects.compactMap(\.self).reduce(0, +) - change) < 1e-9, "\(request.metric)")
}

/// Causally closed clocks inside what a ledger holds.
func randomClocks(
  _ count: Int, of ledger: Ledger, using random: inout SplitMix64
) throws -> [VectorClock] {
  let logs = try ReferenceLogs(of: ledger)
  return (0..<count).map { _ in
    let places = logs.clock.entries.map {
      Address(log: $0.log, seq: UInt64.random(in: 0...$0.seq, using: &random))
    }
    return logs.closure(of: VectorClock(places))
  }
}
