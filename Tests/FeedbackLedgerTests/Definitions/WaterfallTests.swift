import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import Testing
import TestSupport

/// METRICS §3.3: from the published 50 to 40.9524, cause by cause, on real events of two sites.
@Suite struct `The waterfall from published to rebuilt` {
  private let company: Company
  private let early = Instant(microseconds: WallClock.start.microseconds - 20 * 86_400_000_000)

  init() throws {
    company = try Company()
    company.hubClock.turn(seconds: 10)
    _ = try company.hub.define(Definitions.latest)
  }

  private func customer(_ name: String) -> EventDraft.Customer {
    .identifier(namespace: "email", value: "\(name)@example.org")
  }

  private func record(
    _ values: [Int32], at ledger: Ledger, from name: String, hours: Int64 = 0
  ) throws -> [Address] {
    let occurred = Instant(microseconds: early.microseconds + hours * 3_600_000_000)
    let drafts = values.enumerated().map { number, value in
      EventDraft(
        Bodies.response([Bodies.nps(value)]), occurrence: .exact(occurred),
        customer: customer("\(name)\(number)"))
    }
    return try ledger.record(drafts).compactMap { outcome in
      guard case .recorded(let address) = outcome else { return nil }
      return address
    }
  }

  private func change(_ address: Address, _ body: Bodies.Body) throws {
    _ = try company.hub.record([EventDraft(body, item: .known(ItemID(openedAt: address)))])
  }

  /// The published 50, and what then happens to it; the merge's address.
  private func publishAndChange() throws -> (publication: Address, merge: Address) {
    let hub = company.hub
    let passive = [Int32](repeating: 7, count: 30)
    let promoters = try record([Int32](repeating: 10, count: 59), at: hub, from: "p")
    _ = try record([9], at: hub, from: "old")
    _ = try record([Int32](repeating: 3, count: 10), at: hub, from: "d")
    _ = try record(passive, at: hub, from: "a", hours: 1)
    // Known at the branch before the publication, at head office only after it.
    _ = try record([10, 9, 2, 0, 1, 6, 7, 8], at: company.branch, from: "b")
    let published = try hub.publish(ScoreRequest(metric: "nps.latest"))
    #expect(published.table.rows.map { $0.score.text(decimals: 4) } == ["50.0000"])

    try change(promoters[0], Bodies.corrected([Bodies.nps(1)]))
    try change(promoters[1], Bodies.retracted)
    try change(promoters[2], Bodies.retracted)
    // The same person: an older 9, then a 7.
    let merge = try hub.mergeCustomers(customer("a0"), absorbing: [customer("old0")])
    // The merge takes the 9 away; the 7 stays.
    _ = try company.branch.sync(with: hub)
    return (published.address, merge)
  }

  @Test func `each step has the effect that the specification says`() throws {
    let (publication, merge) = try publishAndChange()
    let explanation = try company.hub.explain(
      ScoreRequest(metric: "nps.latest"), from: .publication(publication), to: .now,
      withEvents: true)
    #expect(
      explanation.parts.map(\.cause) == [
        .corrected, .retracted, .mergedIdentity, .late(site: "branch"),
      ])
    #expect(
      explanation.parts.map { $0.score.text(decimals: 4) } == [
        "48.0000", "46.9388", "46.3918", "40.9524",
      ])
    let effects = explanation.parts.compactMap(\.effect)
    let expected = [-2.0, -1.0612, -0.5470, -5.4394]
    #expect(zip(effects, expected).allSatisfy { abs($0 - $1) < 0.00005 })
    let change = try #require(explanation.change)
    #expect(abs(change - -9.0476) < 0.00005)
    #expect(abs(effects.reduce(0, +) - change) < 1e-9)
    let event = try #require(explanation.parts[2].events.first)
    #expect(explanation.parts[2].events.count == 1)
    #expect(event.addresses == [merge])
    // Two people until the merge: which of them comes first is their pseudonyms' affair.
    #expect(Set(event.before.split(separator: ", ")) == ["9", "7"] && event.after == "7")
    #expect(event.customer != nil)
  }

  @Test func `an unmerge, another customer and another definition are causes too`() throws {
    let hub = company.hub
    let first = try record([9], at: hub, from: "x")
    _ = try record([0], at: hub, from: "y", hours: 1)
    let merge = try hub.mergeCustomers(customer("x0"), absorbing: [customer("y0")])
    let published = try hub.publish(ScoreRequest(metric: "nps.latest"))
    _ = try hub.unmergeCustomers(merge)
    var pseudonyms = Pseudonyms(key: hub.identity.pseudonymKey)
    try change(first[0], Bodies.reattributed(to: pseudonyms.customer(customer("y0"))))
    _ = try hub.define(Definitions.latest + "\nversion: 2\nminimumCount: 5\ncompletedOnly: true\n")
    _ = try hub.record([
      EventDraft(Bodies.response([Bodies.nps(9)], isPartial: true), occurrence: .exact(early))
    ])
    let explanation = try hub.explain(
      ScoreRequest(metric: "nps.latest"), from: .publication(published.address), to: .now)
    #expect(
      explanation.parts.map { "\($0.cause.name) \($0.score.n) \($0.score.text())" } == [
        "unmerged identity 2 0.0", "late 3 33.3", "re-attributed 2 0.0",
        "definition changed 1 -100.0",
      ])
    #expect(explanation.definition.version == 2)
    let then = try hub.answer("nps.latest", at: .publication(published.address))
    #expect(then == ["1 -100.0"])
  }

  @Test func `a merge, an unmerge and another definition restate a history`() throws {
    let hub = company.hub
    _ = try record([9], at: hub, from: "x")
    _ = try record([0], at: hub, from: "y", hours: 1)
    let merge = try hub.mergeCustomers(customer("x0"), absorbing: [customer("y0")])
    _ = try hub.unmergeCustomers(merge)
    _ = try hub.define(Definitions.latest + "\nversion: 2\n")
    let history = try hub.history(ScoreRequest(metric: "nps.latest"))
    #expect(
      history.map { "\($0.causes.map(\.name)) \($0.score.text())" } == [
        "[\"late\"] 100.0", "[\"late\"] 0.0", "[\"merged identity\"] -100.0",
        "[\"unmerged identity\"] 0.0", "[\"definition changed\"] 0.0",
      ])
    let newest = try hub.history(ScoreRequest(metric: "nps.latest"), limit: 2)
    #expect(newest.map(\.position) == history.suffix(2).map(\.position))
  }
}
