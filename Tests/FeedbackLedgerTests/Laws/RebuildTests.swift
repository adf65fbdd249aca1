import FeedbackLedger
import LedgerCore
import LedgerStore
import Testing
import TestSupport

/// Law 4: incremental = rebuilt = pure core = after sync.
@Suite struct `Law 4` {
  @Test(arguments: Seeds.all)
  func `kept counters, changes and replay equal the reference at every site`(
    seed: UInt64
  ) throws {
    var world = try World(seed: seed)
    try world.run(steps: 30)
    for ledger in world.ledgers {
      try expectSameAnswers(as: try Reference(of: ledger), from: ledger)
    }
    try world.converge()
    let reference = try Reference(of: world.authority)
    for ledger in world.ledgers { try expectSameAnswers(as: reference, from: ledger) }
  }

  @Test(arguments: Seeds.all)
  func `kept counters at each position equal a replay of that prefix`(seed: UInt64) throws {
    var world = try World(seed: seed)
    try world.run(steps: 30)
    let ledger = world.ledgers[Int.random(in: world.sites.indices, using: &world.random)]
    let counters = StoreCounters(ledger)
    let reference = try Reference(of: ledger)
    for position in 0...(try counters.lastPosition()) {
      let kept = try counters.changed(upTo: position)
      expect(kept, equal: try counters.replayed(upTo: position), "position \(position)")
      guard position.isMultiple(of: 9) else { continue }
      let clock = try counters.clock(at: position)
      expect(kept, equal: reference.counters(at: clock), "reference at \(position)")
    }
  }

  @Test(arguments: Seeds.all)
  func `a rebuild gives the same rows in every derived table`(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    var world = try World(seed: seed, folder: folder)
    try world.run(steps: 25)
    for ledger in world.ledgers {
      let before = try TableDump.views(of: ledger)
      try ledger.store.rebuild()
      let after = try TableDump.views(of: ledger)
      for (table, rows) in before {
        #expect(after[table] == rows, "\(table) at \(ledger.site)")
      }
      try expectSameAnswers(as: try Reference(of: ledger), from: ledger)
    }
  }

  @Test(arguments: Seeds.all)
  func `a file that is closed and opened again goes on as if it had stayed open`(
    seed: UInt64
  ) throws {
    let folder = try TemporaryFolder()
    var world = try World(seed: seed, folder: folder)
    for _ in 0..<4 {
      try world.run(steps: 10)
      for (index, site) in world.sites.enumerated() {
        site.ledger.store.dropCache()
        guard let path = site.ledger.store.path else { continue }
        world.sites[index].ledger = try Ledger.open(
          at: path, surroundings: site.clock.surroundings,
          opened: { finding in
            Issue.record("\(finding) at \(site.ledger.site)")
          })
      }
    }
    for ledger in world.ledgers {
      try expectSameAnswers(as: try Reference(of: ledger), from: ledger)
    }
  }

  @Test(arguments: Seeds.all)
  func `when all have synced all, heads, digests, counters and scores are equal`(
    seed: UInt64
  ) throws {
    let folder = try TemporaryFolder()
    var world = try World(seed: seed, folder: folder)
    try world.run(steps: 25)
    try world.convergeInPairs()
    let heads = try world.ledgers.map { try $0.store.read { $1.heads } }
    #expect(Set(heads).count == 1)
    #expect(Set(heads.map { Digest256(of: $0) }).count == 1)
    let expected = try StoreCounters(world.authority).kept()
    let expectedScores = try scores(of: world.authority)
    for ledger in world.ledgers {
      expect(try StoreCounters(ledger).kept(), equal: expected, ledger.site)
      #expect(try scores(of: ledger) == expectedScores)
    }
  }
}
