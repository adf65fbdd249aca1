import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import Testing
import TestSupport

@Suite struct `Scenarios of time` {
  private let day: Int64 = 86_400

  @Test func `scenario 13: what a clock one day back recorded is there by received time`() throws {
    let company = try Company()
    company.branchClock.turn(seconds: -day)
    try Company.record(2, at: company.branch)
    company.branchClock.turn(seconds: day)
    try Company.record(2, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    let now = company.hubClock.now()
    let received = try company.hub.score(ScoreRequest(metric: "nps", at: .received(now)))
    #expect(received.rows.first?.score.n == 4)
    let yesterday = try company.hub.score(
      ScoreRequest(metric: "nps", to: WallClock.start))
    #expect(yesterday.rows.first?.score.n == 2)
    // What changed yesterday's report since it was first asked for is named as late, and whose it is.
    let evening = Instant(microseconds: WallClock.start.microseconds - 1)
    let explained = try company.hub.explain(
      yesterday.request, from: .received(evening), to: .now, withEvents: true)
    #expect(explained.parts.map(\.cause) == [.late(site: "branch")])
    #expect(explained.parts.first?.events.count == 2)
    try expectSound(company.hub, company.branch)
  }

  @Test func `scenario 14: a clock three years ahead stops nothing and is named`() throws {
    let company = try Company()
    company.branchClock.turn(seconds: 3 * 365 * day)
    try Company.record(2, at: company.branch)
    try Company.record(1, at: company.hub)
    _ = try company.branch.sync(with: company.hub)
    let tomorrow = Instant(microseconds: WallClock.start.microseconds + day * 1_000_000)
    let today = try company.hub.score(ScoreRequest(metric: "nps", to: tomorrow))
    #expect(today.rows.first?.score.n == 1)
    let isNamed = today.warnings.contains { warning in
      if case .clockAhead(site: "branch", _) = warning { true } else { false }
    }
    #expect(isNamed)
    #expect(try Company.answers(at: company.hub) == 3)
    try expectSound(company.hub, company.branch)
  }

  @Test func `scenario 15: edits that arrive in any order give one state and one conflict count`()
    throws
  {
    var company = try Company()
    let outcome = try Company.record(1, at: company.hub)
    guard case .recorded(let address) = outcome.first else { return }
    let item = EventDraft.Item.known(ItemID(openedAt: address))
    for name in ["second", "third"] { try company.world.join(name) }
    try company.world.converge()
    for (index, ledger) in company.world.ledgers.dropFirst().enumerated() {
      _ = try ledger.record([
        EventDraft(Bodies.corrected([Bodies.nps(Int32(index))]), item: item)
      ])
    }
    var found: Set<NamedCounters> = []
    for order in [[1, 2, 3], [1, 3, 2], [2, 1, 3], [2, 3, 1], [3, 1, 2], [3, 2, 1]] {
      let reader = try company.world.join("reader \(order.map(String.init).joined())")
      for site in order { _ = try company.world.ledgers[site].sync(with: reader) }
      let counters = try StoreCounters(reader).kept()
      #expect(counters.total(.conflicts) == 2)
      found.insert(counters)
    }
    #expect(found.count == 1)
    try expectSound(company.hub, company.branch)
  }

  @Test func `scenario 16: a backdated event restates a published month, not the publication`()
    throws
  {
    let company = try Company()
    let opened = Instant(microseconds: WallClock.start.microseconds - 20 * day * 1_000_000)
    let solved = Instant(microseconds: opened.microseconds + day * 1_000_000)
    let outcome = try company.branch.record([
      EventDraft(.ticketOpened(.init()), occurrence: .exact(opened))
    ])
    guard case .recorded(let address) = outcome.first else { return }
    _ = try company.branch.sync(with: company.hub)
    let request = ScoreRequest(metric: "ticket.backlog", to: WallClock.start)
    let published = try company.hub.publish(request, title: "February")
    _ = try company.branch.record([
      EventDraft(
        .ticketResolved(.init()), item: .known(ItemID(openedAt: address)),
        occurrence: .exact(solved))
    ])
    _ = try company.branch.sync(with: company.hub)
    var asPublished = request
    asPublished.at = .publication(published.address)
    let then = try company.hub.score(asPublished).rows.first?.score
    #expect(then == published.table.rows.first?.score)
    #expect(try company.hub.score(request).rows.first?.score != then)
    try expectSound(company.hub, company.branch)
  }
}
