import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import Testing
import TestSupport

/// Law 6: the same again adds nothing; what is undone leaves no trace in a counter.
@Suite struct `Law 6` {
  @Test(arguments: Seeds.all)
  func `retract then reinstate is the identity`(seed: UInt64) throws {
    var world = try World(seed: seed)
    try world.run(steps: 12)
    let site = Int.random(in: world.sites.indices, using: &world.random)
    let ledger = world.ledgers[site]
    for item in try countedResponses(of: ledger).prefix(5) {
      let before = try StoreCounters(ledger).kept()
      _ = try ledger.record([EventDraft(Bodies.retracted, item: .known(item))])
      _ = try ledger.record([EventDraft(Bodies.reinstated, item: .known(item))])
      expect(try StoreCounters(ledger).kept(), equal: before, "\(item)")
    }
  }

  @Test(arguments: Seeds.all)
  func `a sync that is repeated adds nothing`(seed: UInt64) throws {
    var world = try World(seed: seed)
    try world.run(steps: 12)
    try world.converge()
    let before = try world.ledgers.map { try $0.store.read { $1.heads } }
    for left in world.ledgers {
      for right in world.ledgers where left.site != right.site {
        let reports = try left.sync(with: right)
        #expect(reports.here.received == 0)
        #expect(reports.there.received == 0)
      }
    }
    #expect(try world.ledgers.map { try $0.store.read { $1.heads } } == before)
  }

  @Test(arguments: Seeds.all)
  func `rows of a source that come twice are recorded once`(seed: UInt64) throws {
    var world = try World(seed: seed)
    try world.run(steps: 5)
    let ledger = world.authority
    let drafts = (0..<10).map { number in
      EventDraft(
        Bodies.response([Bodies.nps(Int32(number))]),
        source: EventDraft.Source(
          system: "shop", externalID: "\(seed)-\(number)", content: "row \(number)"))
    }
    _ = try ledger.record(drafts)
    let before = try StoreCounters(ledger).kept()
    #expect(try ledger.record(drafts).allSatisfy { $0 == .duplicate })
    #expect(try StoreCounters(ledger).kept() == before)
  }

  /// Items of responses that were never retracted: with several retractions, a reinstatement undoes all of them.
  private func countedResponses(of ledger: Ledger) throws -> [ItemID] {
    let logs = try ReferenceLogs(of: ledger)
    var items: [ItemID] = []
    var retracted: Set<ItemID> = []
    for entry in logs.entries(in: logs.clock) {
      let item = Projector.item(of: entry.event, at: entry.address)
      switch entry.event.body {
      case .surveyResponseSubmitted: items.append(item)
      case .surveyResponseRetracted: retracted.insert(item)
      default: break
      }
    }
    return items.filter { !retracted.contains($0) }
  }
}
