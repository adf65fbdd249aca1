import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import Testing
import TestSupport

/// METRICS §2.1: X: 9 (2 March), 6 (20 March); Y: 10 (10 March); Z: 7.
@Suite struct `A customer's latest answer` {
  private let ledger: Ledger
  private let x = EventDraft.Customer.identifier(namespace: "email", value: "x@example.org")
  private let y = EventDraft.Customer.identifier(namespace: "email", value: "y@example.org")
  private let z = EventDraft.Customer.identifier(namespace: "email", value: "z@example.org")

  init() throws {
    let clock = WallClock(WallClock.start, seed: 1)
    clock.turn(seconds: 40 * 86_400)
    ledger = try Ledger.create(
      at: nil, site: "head office", timeZone: "UTC", surroundings: clock.surroundings)
    _ = try ledger.define(Definitions.latest)
    _ = try ledger.define(Definitions.touchpoint)
  }

  private func answer(
    _ value: Int32, _ customer: EventDraft.Customer?, day: Int, touchpoint: String? = nil
  ) throws {
    let labels = touchpoint.map { ["touchpoint": $0] } ?? [:]
    _ = try ledger.record([
      EventDraft(
        Bodies.response([Bodies.nps(value)]),
        occurrence: .day(try #require(CivilDay(year: 2026, month: 3, day: day))),
        customer: customer, labels: labels)
    ])
  }

  private func example() throws {
    try answer(9, x, day: 2)
    try answer(6, x, day: 20)
    try answer(10, y, day: 10)
    try answer(7, z, day: 12)
  }

  @Test func `the worked numbers, through a merge and back`() throws {
    try example()
    #expect(try ledger.answer("nps") == ["4 25.0"])
    #expect(try ledger.answer("nps.latest") == ["3 0.0"])
    let merge = try ledger.mergeCustomers(x, absorbing: [y])
    #expect(try ledger.answer("nps.latest") == ["2 -50.0"])
    #expect(try ledger.answer("nps") == ["4 25.0"])
    _ = try ledger.unmergeCustomers(merge)
    #expect(try ledger.answer("nps.latest") == ["3 0.0"])
  }

  @Test func `each week has its own latest answer`() throws {
    try example()
    #expect(
      try ledger.answer("nps.latest", by: [.week]) == [
        "2026-W10 1 100.0", "2026-W11 2 50.0", "2026-W12 1 -100.0",
      ])
    #expect(try ledger.answer("nps.latest", by: [.month]) == ["2026-03 3 0.0"])
  }

  @Test func `nobody knows whether two anonymous answers are one person's`() throws {
    try answer(9, nil, day: 2)
    try answer(9, nil, day: 3)
    #expect(try ledger.answer("nps.latest") == ["2 100.0"])
  }

  @Test func `a customer counts once at each touchpoint`() throws {
    try answer(9, x, day: 2, touchpoint: "checkout")
    try answer(3, x, day: 5, touchpoint: "checkout")
    try answer(10, x, day: 4, touchpoint: "delivery")
    #expect(try ledger.answer("nps.touchpoint") == ["2 0.0"])
    #expect(try ledger.answer("nps.latest") == ["1 -100.0"])
  }

  @Test func `a filter selects from what is left, so groups sum to the whole`() throws {
    try answer(9, x, day: 2, touchpoint: "checkout")
    try answer(3, x, day: 5, touchpoint: "delivery")
    let grouped = try ledger.answer("nps.latest", by: [.label("touchpoint")])
    #expect(grouped == ["delivery 1 -100.0"])
    let filter = Label(key: "touchpoint", value: "checkout")
    let filtered = try ledger.score(ScoreRequest(metric: "nps.latest", filters: [filter]))
    #expect(filtered.rows.map(\.score.n) == [0])
  }

  @Test func `a retracted latest answer brings the one before back`() throws {
    try answer(9, x, day: 2)
    let outcome = try ledger.record([
      EventDraft(Bodies.response([Bodies.nps(0)]), customer: x)
    ])
    guard case .recorded(let address) = outcome.first else { return }
    #expect(try ledger.answer("nps.latest") == ["1 -100.0"])
    _ = try ledger.record([EventDraft(Bodies.retracted, item: .known(ItemID(openedAt: address)))])
    #expect(try ledger.answer("nps.latest") == ["1 100.0"])
  }

  @Test func `of two answers at one instant the one recorded later counts`() throws {
    try answer(9, x, day: 2)
    try answer(0, x, day: 2)
    #expect(try ledger.answer("nps.latest") == ["1 -100.0"])
  }

  @Test func `that holds whichever of two sites recorded it`() throws {
    let company = try Company()
    let occurred = Occurrence.exact(WallClock.start)
    _ = try company.hub.define(Definitions.latest)
    for (first, second) in [(company.hub, company.branch), (company.branch, company.hub)] {
      let customer = EventDraft.Customer.identifier(namespace: "shop", value: first.site)
      for (ledger, value) in [(first, Int32(9)), (second, 0)] {
        company.hubClock.turn(seconds: 60)
        company.branchClock.turn(seconds: 60)
        _ = try ledger.record([
          EventDraft(
            Bodies.response([Bodies.nps(value)]), occurrence: occurred, customer: customer)
        ])
      }
    }
    _ = try company.branch.sync(with: company.hub)
    for ledger in [company.hub, company.branch] {
      #expect(try ledger.answer("nps.latest") == ["2 -100.0"])
    }
  }

  @Test func `an answer on another scale displaces none that can be read`() throws {
    try answer(9, x, day: 2)
    _ = try ledger.record([
      EventDraft(Bodies.response([Bodies.answer("stars", 4, .nps, 1...5)]), customer: x)
    ])
    #expect(try ledger.answer("nps.latest") == ["1 100.0"])
  }

  @Test func `two spellings of one address cannot be merged`() throws {
    let same = EventDraft.Customer.identifier(namespace: "email", value: "X@Example.org ")
    #expect(throws: EventRefusal.mergeWithItself) {
      try ledger.mergeCustomers(x, absorbing: [same])
    }
    #expect(throws: EventRefusal.mergeOfNobody) { try ledger.mergeCustomers(x, absorbing: []) }
    let other = Address(log: ledger.log, seq: 1)
    #expect(throws: LedgerError.unknownMerge(other.description)) {
      try ledger.unmergeCustomers(other)
    }
  }

  @Test func `a merge by a log that does not count merges nobody`() throws {
    var world = try World(seed: 7, branches: 1)
    try world.converge()
    let hub = world.authority
    _ = try hub.define(Definitions.latest)
    let people = [1, 2].map { EventDraft.Customer.pseudonym(CustomerID(high: 7, low: $0)) }
    let values: [Int32] = [9, 3]
    _ = try hub.record(
      zip(values, people).map { value, person in
        EventDraft(Bodies.response([Bodies.nps(value)]), customer: person)
      })
    let stranger = try world.join("stranger")
    _ = try world.ledgers[1].sync(with: hub)
    _ = try stranger.mergeCustomers(people[0], absorbing: [people[1]])
    _ = try world.ledgers[1].sync(with: stranger)
    #expect(try world.ledgers[1].answer("nps.latest") == ["2 0.0"])
    try world.converge()
    #expect(try world.ledgers[1].answer("nps.latest") == ["1 -100.0"])
  }
}
