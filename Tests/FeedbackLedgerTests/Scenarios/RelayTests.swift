import FeedbackLedger
import LedgerCore
import LedgerStore
import Testing
import TestSupport

@Suite struct `Scenarios of relays` {
  /// Two consistency proofs do not join into one, so the heads between travel along.
  @Test(arguments: Seeds.all)
  func `a prefix of a prefix of a prefix is passed on, and proven`(seed: UInt64) throws {
    var company = try Company()
    var random = SplitMix64(seed: seed)
    try Company.record(60, at: company.branch)
    let log = company.branch.log
    var holder = company.branch
    var size = try #require(try company.branch.store.read { $1.log(log)?.size })
    for name in ["first relay", "second relay", "third relay"] {
      let relay = try company.world.join(name)
      let cutter = try BatchCutter(from: holder, to: relay, eventsMax: 4, using: &random)
      let receiver = try SyncReceiver(relay, session: cutter.session)
      for batch in cutter.batches.dropLast(2) { try receiver.receive(batch) }
      #expect(receiver.report.refusals.isEmpty)
      let held = try #require(try relay.store.read { $1.log(log)?.size })
      #expect(held < size)
      let promised = try relay.holdings().heads.filter { $0.log != relay.log }.map(\.chain)
      relay.store.dropCache()
      let read = try relay.holdings().heads.filter { $0.log != relay.log }.map(\.chain)
      #expect(read == promised, "what is kept in memory is what the file says")
      size = held
      holder = relay
    }
    let last = try company.world.join("last")
    #expect(try last.sync(with: holder).here.refusals.isEmpty)
    #expect(try last.store.read { $1.log(log)?.size } == size)
    #expect(try last.verify().findings == [])
    #expect(try last.sync(with: company.branch).here.refusals.isEmpty)
    #expect(try last.verify().findings == [])
  }
}
