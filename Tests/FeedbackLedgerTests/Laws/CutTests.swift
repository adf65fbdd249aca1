import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import Testing
import TestSupport

/// Law 2: replay at a cut is unchanged by events outside it.
@Suite struct `Law 2` {
  @Test(arguments: Seeds.all)
  func `a cut gives the same counters whatever came later`(seed: UInt64) throws {
    var world = try World(seed: seed)
    try world.run(steps: 15)
    let site = Int.random(in: world.sites.indices, using: &world.random)
    let ledger = world.ledgers[site]
    let cuts = try randomClocks(3, of: ledger, using: &world.random)
    let before = try cuts.map { try StoreCounters(ledger).replayed(.clock($0)) }
    let scoresBefore = try cuts.map { try scores(of: ledger, at: .clock($0)) }
    try world.run(steps: 15)
    try world.converge()
    for (cut, expected) in zip(cuts, before) {
      for other in world.ledgers {
        expect(try StoreCounters(other).replayed(.clock(cut)), equal: expected, other.site)
      }
    }
    let scoresAfter = try cuts.map { try scores(of: ledger, at: .clock($0)) }
    #expect(scoresAfter == scoresBefore)
  }

  @Test(arguments: Seeds.all)
  func `a replay of a cut equals the reference of its entries`(seed: UInt64) throws {
    var world = try World(seed: seed)
    try world.run(steps: 30)
    let site = Int.random(in: world.sites.indices, using: &world.random)
    let ledger = world.ledgers[site]
    let reference = try Reference(of: ledger)
    for clock in try randomClocks(4, of: ledger, using: &world.random) {
      #expect(try StoreCounters(ledger).clock(of: .clock(clock)) == clock)
      expect(
        try StoreCounters(ledger).replayed(.clock(clock)), equal: reference.counters(at: clock),
        "cut")
    }
  }

  @Test(arguments: Seeds.all)
  func `a cut by recorded time is the longest prefix of each log, grown`(seed: UInt64) throws {
    var world = try World(seed: seed)
    try world.run(steps: 20)
    let ledger = world.ledgers[1]
    let logs = try ReferenceLogs(of: ledger)
    for _ in 0..<5 {
      let seconds = Int64.random(in: -90_000...600_000, using: &world.random)
      let instant = Instant(
        microseconds: WallClock.start.microseconds + seconds * 1_000_000)
      let prefixes = logs.logs.map { log, entries in
        let count = entries.prefix { $0.event.recordedUs <= instant.microseconds }.count
        return Address(log: log, seq: UInt64(count))
      }
      let expected = logs.closure(of: VectorClock(prefixes))
      #expect(try StoreCounters(ledger).clock(of: .recorded(instant)) == expected)
    }
  }

  @Test(arguments: Seeds.all)
  func `two ledgers that hold a cut name it by the same digest`(seed: UInt64) throws {
    var world = try World(seed: seed)
    try world.run(steps: 20)
    let clock = try randomClocks(1, of: world.ledgers[1], using: &world.random)[0]
    try world.converge()
    let digests = try world.ledgers.map {
      try $0.score(ScoreRequest(metric: "nps", at: .clock(clock))).digest
    }
    #expect(Set(digests).count == 1)
  }
}
