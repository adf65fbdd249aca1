import FeedbackLedger
import LedgerCore
import LedgerStore
import Testing
import TestSupport

/// Law 1: any arrival order, any duplication, any batching of the same events gives the same counters.
@Suite struct `Law 1` {
  @Test(arguments: Seeds.all)
  func `arrival order and batching do not change a counter`(seed: UInt64) throws {
    try expectSameCounters(seed: seed, causesFirst: true)
  }

  /// A peer may hold back a log, or have none of it.
  @Test(arguments: Seeds.all)
  func `effects that arrive before their causes change no counter`(seed: UInt64) throws {
    try expectSameCounters(seed: seed, causesFirst: false)
  }

  @Test(arguments: Seeds.all)
  func `what was held before its causes answers as it did then`(seed: UInt64) throws {
    var world = try World(seed: seed)
    try world.run(steps: 15)
    try world.converge()
    let logs = try ReferenceLogs(of: world.authority)
    let store = try Arrivals(of: logs, causesFirst: false).store(
      eventsMax: 7, using: &world.random)
    let counters = StoreCounters(store)
    for position in stride(from: 1, through: try counters.lastPosition(), by: 4) {
      let kept = try counters.changed(upTo: position)
      expect(kept, equal: try counters.replayed(upTo: position), "position \(position)")
    }
  }

  @Test(arguments: Seeds.all)
  func `batches that arrive twice add nothing`(seed: UInt64) throws {
    var world = try World(seed: seed)
    try world.run(steps: 12)
    let newcomer = try world.join("newcomer")
    let sender = world.ledgers[1]
    _ = try sender.sync(with: world.authority)
    let cutter = try BatchCutter(
      from: sender, to: newcomer, eventsMax: 5, using: &world.random)
    let receiver = try SyncReceiver(newcomer, session: cutter.session)
    for (index, batch) in cutter.batches.enumerated() {
      try receiver.receive(batch)
      let again = Int.random(in: 0...index, using: &world.random)
      try receiver.receive(cutter.batches[again])
    }
    #expect(receiver.report.refusals.isEmpty)
    try world.converge()
    let expected = try Reference(of: world.authority).counters()
    for ledger in world.ledgers {
      expect(try StoreCounters(ledger).kept(), equal: expected, ledger.site)
    }
  }

  /// Two sessions at once: what one begins the other may go on with.
  @Test(arguments: Seeds.all)
  func `the rest of a log that another session began has that log's site`(seed: UInt64) throws {
    var world = try World(seed: seed)
    try world.run(steps: 12)
    let receiver = try world.join("newcomer")
    let sender = world.ledgers[1]
    let cutter = try BatchCutter(from: sender, to: receiver, eventsMax: 6, using: &world.random)
    let half = cutter.batches.count / 2
    let slow = try SyncReceiver(receiver, session: cutter.session)
    let other = try SyncReceiver(receiver, session: cutter.session)
    for batch in cutter.batches[..<half] { try other.receive(batch) }
    for batch in cutter.batches[half...] { try slow.receive(batch) }
    #expect(slow.report.refusals.isEmpty)
    try world.converge()
    let expected = try Reference(of: world.authority).counters()
    expect(try StoreCounters(receiver).kept(), equal: expected, "newcomer")
  }

  /// A relay that holds a part only must not pass on what its part does not cover.
  @Test(arguments: Seeds.all)
  func `a session that breaks off anywhere is taken up by any other`(seed: UInt64) throws {
    var world = try World(seed: seed)
    try world.run(steps: 12)
    try world.join("relay")
    try world.join("far end")
    let (relay, farEnd) = (world.sites.count - 2, world.sites.count - 1)
    for _ in 0..<4 {
      let sender = world.ledgers[Int.random(in: 0..<relay, using: &world.random)]
      let cutter = try BatchCutter(
        from: sender, to: world.ledgers[relay], eventsMax: 6, using: &world.random)
      let receiver = try SyncReceiver(world.ledgers[relay], session: cutter.session)
      let count = Int.random(in: 0...cutter.batches.count, using: &world.random)
      for batch in cutter.batches.prefix(count) { try receiver.receive(batch) }
      #expect(receiver.report.refusals.isEmpty)
      try world.record(2, at: relay)
      _ = try world.ledgers[farEnd].sync(with: world.ledgers[relay])
      try world.record(2, at: farEnd)
    }
    try world.converge()
    let reference = try Reference(of: world.authority)
    for ledger in world.ledgers { try expectSameAnswers(as: reference, from: ledger) }
  }

  private func expectSameCounters(seed: UInt64, causesFirst: Bool) throws {
    var world = try World(seed: seed)
    try world.run(steps: 20)
    try world.converge()
    let reference = try Reference(of: world.authority)
    let expected = reference.counters()
    let causality = try world.authority.store.read { $1.fold.causality }
    for eventsMax in [1, 7, 1_000] {
      let store = try Arrivals(of: reference.logs, causesFirst: causesFirst).store(
        eventsMax: eventsMax, using: &world.random)
      #expect(try store.read { $1.fold.causality } == causality)
      let counters = StoreCounters(store)
      expect(try counters.kept(), equal: expected, "kept, batches of \(eventsMax)")
      expect(try counters.replayed(), equal: expected, "replay, batches of \(eventsMax)")
      #expect(try store.compareViewsWithReplay().allSatisfy(\.isEqual))
      store.dropCache()
      #expect(try store.read { $1.fold.causality } == causality)
      expect(try counters.replayed(), equal: expected, "opened again")
    }
  }
}
