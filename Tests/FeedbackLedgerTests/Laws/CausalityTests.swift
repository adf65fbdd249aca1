import FeedbackLedger
import LedgerCore
import LedgerStore
import Testing
import TestSupport

@Suite struct `Laws of causality` {
  @Test(arguments: Seeds.all)
  func `the causality of a ledger equals the clocks by definition`(seed: UInt64) throws {
    var world = try World(seed: seed)
    try world.run(steps: 15)
    let logs = try ReferenceLogs(of: world.ledgers[1])
    let causality = try world.ledgers[1].store.read { _, state in state.fold.causality }
    let addresses = logs.entries(in: logs.clock).map(\.address)
    for address in addresses {
      #expect(causality.clock(of: address) == logs.clock(of: address))
    }
    for later in addresses.shuffled(using: &world.random).prefix(10) {
      let past = logs.clock(of: later)
      for earlier in addresses {
        let isPast = earlier != later && past.contains(earlier)
        #expect(causality.happenedBefore(earlier, later) == isPast)
      }
    }
  }
}
