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

  /// Otherwise all would be concurrent, and every correction of what another site recorded a conflict.
  @Test func `what a ledger has merged comes before what it records next`() throws {
    let company = try Company()
    func record(at ledger: Ledger) throws -> Address {
      guard case .recorded(let address) = try Company.record(1, at: ledger)[0] else {
        throw StoreError.missingSetting("own_log")
      }
      return address
    }
    let unseen = try record(at: company.branch)
    let earlier = try record(at: company.hub)
    _ = try company.branch.sync(with: company.hub)
    let later = try record(at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    for ledger in [company.hub, company.branch] {
      let causality = try ledger.store.read { $1.fold.causality }
      #expect(causality.happenedBefore(earlier, later))
      #expect(!causality.happenedBefore(unseen, earlier))
      #expect(!causality.happenedBefore(earlier, unseen))
    }
  }
}
