import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import Testing
import TestSupport

/// Law 9, and what removing does beyond it.
@Suite struct `Erasure of a customer` {
  private let company: Company
  private let who = EventDraft.Customer.identifier(namespace: "email", value: "a@example.org")

  init() throws {
    company = try Company()
    _ = try company.hub.define(Definitions.latest)
    _ = try company.branch.sync(with: company.hub)
  }

  @discardableResult
  private func answer(_ value: Int32, at ledger: Ledger) throws -> ItemID {
    let outcomes = try ledger.record([
      EventDraft(Bodies.response([Bodies.nps(value)]), customer: who)
    ])
    guard case .recorded(let address)? = outcomes.first else { return ItemID(high: 0, low: 0) }
    return ItemID(openedAt: address)
  }

  private func other(_ value: Int32) throws {
    _ = try company.hub.record([EventDraft(Bodies.response([Bodies.nps(value)]))])
  }

  @Test(arguments: Seeds.all)
  func `anonymising leaves every number as it was, also where answers are compared`(
    seed: UInt64
  ) throws {
    var world = try World(seed: seed)
    _ = try world.authority.define(Definitions.latest)
    try world.converge()
    try world.run(steps: 20)
    try world.converge()
    let metrics = BuiltInMetrics.all.map(\.id) + ["nps.latest"]
    func numbers() throws -> [[String]] {
      try metrics.map { try world.authority.answer($0, by: [.site, .month]) }
    }
    let before = try numbers()
    let counters = try StoreCounters(world.authority).kept()
    for number in UInt64(0)..<6 {
      _ = try world.ledgers[1].erase([.pseudonym(CustomerID(high: 7, low: number))])
    }
    try world.converge()
    #expect(try numbers() == before)
    expect(try StoreCounters(world.authority).kept(), equal: counters, "after the erasure")
  }

  @Test func `removing takes the answers back, and an explanation says why`() throws {
    try answer(9, at: company.hub)
    try other(0)
    let before = try company.hub.store.read { $1.clock }
    _ = try company.hub.erase([who], removing: true)
    for metric in ["nps", "nps.latest"] {
      let explanation = try company.hub.explain(
        ScoreRequest(metric: metric), from: .clock(before), to: .now, withEvents: true)
      #expect(explanation.parts.map(\.cause) == [.erased])
      #expect(explanation.parts.map(\.effect) == [-100])
      #expect(explanation.parts[0].events.map(\.before) == ["9"])
    }
  }

  @Test func `an erased answer is not reinstated`() throws {
    let item = try answer(9, at: company.hub)
    _ = try company.hub.erase([who], removing: true)
    _ = try company.hub.record([EventDraft(Bodies.reinstated, item: .known(item))])
    #expect(try company.hub.answer("nps") == ["0 "])
    #expect(try company.hub.verify().findings.isEmpty)
  }

  @Test func `what a branch recorded before it heard of the removal counts nowhere`() throws {
    try answer(9, at: company.hub)
    _ = try company.branch.sync(with: company.hub)
    _ = try company.hub.erase([who], removing: true)
    try answer(3, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    _ = try company.branch.sync(with: company.hub)
    for ledger in [company.hub, company.branch] { #expect(try ledger.answer("nps") == ["0 "]) }
    let retractions = try ReferenceLogs(of: company.hub).logs.values.joined().count {
      if case .surveyResponseRetracted = $0.event.body { true } else { false }
    }
    #expect(retractions == 2)
  }
}
