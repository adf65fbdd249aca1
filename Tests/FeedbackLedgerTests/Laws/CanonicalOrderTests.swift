import FeedbackLedger
import LedgerCore
import LedgerStore
import Testing
import TestSupport

/// Law 3: canonical order never changes for events that are there already.
@Suite struct `Law 3` {
  @Test(arguments: Seeds.all)
  func `later events go between earlier ones and never move them`(seed: UInt64) throws {
    var world = try World(seed: seed)
    try world.run(steps: 15)
    let before = try world.ledgers.map { try canonicalOrder(of: $0) }
    try world.run(steps: 15)
    try world.converge()
    for (ledger, earlier) in zip(world.ledgers, before) {
      let known = Set(earlier)
      #expect(try canonicalOrder(of: ledger).filter(known.contains) == earlier)
    }
  }

  @Test(arguments: Seeds.all)
  func `every ledger has the same order`(seed: UInt64) throws {
    var world = try World(seed: seed)
    try world.run(steps: 15)
    try world.converge()
    let orders = try world.ledgers.map { try canonicalOrder(of: $0) }
    #expect(Set(orders).count == 1)
  }

  @Test(arguments: Seeds.all)
  func `a cause stands before its effects`(seed: UInt64) throws {
    var world = try World(seed: seed)
    try world.run(steps: 15)
    try world.converge()
    let logs = try ReferenceLogs(of: world.authority)
    for entry in logs.entries(in: logs.clock) {
      for head in logs.observed(by: entry) {
        let stamp = try #require(logs.entry(head)?.stamp)
        #expect(stamp < entry.stamp)
      }
    }
  }

  /// As the store computed it.
  private func canonicalOrder(of ledger: Ledger) throws -> [Address] {
    try ledger.store.read { _, state in
      state.tail.rows.sorted { state.fold.precedes($0, $1) }.map(state.fold.address(of:))
    }
  }
}
