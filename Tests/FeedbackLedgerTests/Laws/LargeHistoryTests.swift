import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import Testing
import TestSupport

/// Laws 1, 2 and 4 where histories fill pages and blocks of changes.
@Suite struct `Laws of a large history` {
  @Test
  func `sealed pages and blocks give what the reference gives`() throws {
    let folder = try TemporaryFolder()
    var world = try World(seed: 99, branches: 2, folder: folder)
    while try StoreCounters(world.authority).lastPosition() < 4_400 {
      try world.record(400, at: 0)
      try world.record(150, at: 1)
      try world.record(150, at: 2)
      _ = try world.ledgers[1].sync(with: world.authority)
      try world.run(steps: 3)
    }
    try world.converge()
    let reference = try Reference(of: world.authority)
    for ledger in world.ledgers { try expectSameAnswers(as: reference, from: ledger) }
    let counters = StoreCounters(world.authority)
    for position: UInt32 in [1_023, 1_024, 1_025, 4_095, 4_096, 4_097, 4_300] {
      let expected = reference.counters(at: try counters.clock(at: position))
      expect(try counters.changed(upTo: position), equal: expected, "changes to \(position)")
      expect(try counters.replayed(upTo: position), equal: expected, "replay to \(position)")
    }
    for clock in [reference.logs.clock, try counters.clock(at: 3_000)] {
      expect(
        try counters.compared(.latestPerTouchpoint, [.nps], by: .month, .clock(clock)),
        equal: reference.compared(.latestPerTouchpoint, [.nps], by: .month, at: clock),
        "compared")
    }
    _ = try world.authority.define(Definitions.touchpoint)
    let early = PointInTime.clock(try counters.clock(at: 4_200))
    try expectSum(
      ScoreRequest(metric: "nps.touchpoint"), from: early, to: .now, in: world.authority)
    let before = try TableDump.views(of: world.authority)
    try world.authority.store.rebuild()
    let after = try TableDump.views(of: world.authority)
    for table in before.keys.sorted() {
      #expect(after[table] == before[table], "\(table)")
    }
  }

  /// An approval that counts thousands of equal answers changes few counters, each by much.
  @Test func `what starts to count at once counts as much when its block is sealed`() throws {
    let company = try Company()
    let shop = try Ledger.create(
      at: nil, site: "shop", invitation: try company.hub.invite("shop", needsApproval: true),
      surroundings: company.branchClock.surroundings)
    try Company.record(2_500, at: shop)
    _ = try shop.sync(with: company.hub)
    #expect(try Company.answers(at: company.hub) == 0)
    try company.hub.approve("shop")
    let approved = try StoreCounters(company.hub).lastPosition()
    #expect(try company.hub.store.read { $1.changeTail.count } < 100)
    _ = try company.hub.record((0..<1_700).map { _ in EventDraft(.ticketOpened(.init())) })
    let counters = StoreCounters(company.hub)
    #expect(try counters.lastPosition() > 4_096)
    let reference = try Reference(of: company.hub)
    for position in [approved - 1, approved, 4_096, try counters.lastPosition()] {
      let expected = reference.counters(at: try counters.clock(at: position))
      expect(try counters.changed(upTo: position), equal: expected, "changes to \(position)")
    }
    #expect(try counters.changed(upTo: approved).total(.nps) == 2_500)
    try expectSound(company.hub)
  }
}
