import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import TestSupport
import Testing

/// What a definition says of its own: weights, the window in which answers are compared, the zone of its days.
@Suite struct `A definition of its own` {
  private let company: Company
  private var hub: Ledger { company.hub }

  init() throws {
    company = try Company()
    company.hubClock.turn(seconds: 90 * 86_400)
  }

  // MARK: - Weights

  /// METRICS §2.2: 65, 50, 60 under .5, .3, .2 is 59.5; equal weights give 58.33.
  @Test func `the weights of a definition are those of the specification`() throws {
    _ = try hub.define(
      """
      metric: csi.ours
      title: Satisfaction index
      readOut: index
      mean: weighted
      weights: [quality=0.5, price=0.3, speed=0.2]
      """)
    try answer(["quality": 65, "price": 50, "speed": 60])
    #expect(try hub.answer("csi.ours") == ["3 59.50"])
    #expect(try hub.answer("csi.equal") == ["3 58.33"])
    // Nobody's answers state a weight.
    #expect(try hub.answer("csi.weighted") == ["3 "])
  }

  @Test func `weights need not sum to one, and an attribute without one is not of weight 0`() throws
  {
    func define(_ id: String, _ lines: String) throws {
      _ = try hub.define("metric: \(id)\ntitle: T\nreadOut: index\nmean: weighted\n\(lines)\n")
    }
    try define("csi.fives", "weights: [quality=5, price=3, speed=2]")
    try define("csi.part", "weights: [quality=5, price=3]")
    try define("csi.two", "weights: [quality=5, price=3]\nquestions: [quality, price]")
    try answer(["quality": 65, "price": 50, "speed": 60])
    #expect(try hub.answer("csi.fives") == ["3 59.50"])
    #expect(try hub.answer("csi.part") == ["3 "])
    // (5 · 65 + 3 · 50) / 8
    #expect(try hub.answer("csi.two") == ["2 59.38"])
  }

  // MARK: - Window

  /// METRICS §2.1 in March, and X again in April: X: 9 (2 March), 6 (20 March), 10 (5 April); Y: 10; Z: 7.
  @Test func `a customer counts once in each window of the definition, however it is asked`() throws
  {
    for window in ["week", "month", "year"] {
      _ = try hub.define(
        Definitions.latest.replacing("nps.latest", with: "nps.\(window)") + "\nwindow: \(window)")
    }
    _ = try hub.define(Definitions.latest)
    for (value, customer, month, day) in [
      (9, "x", 3, 2), (6, "x", 3, 20), (10, "x", 4, 5), (10, "y", 3, 10), (7, "z", 3, 12),
    ] as [(Int32, String, Int, Int)] {
      try answer(value, customer, month: month, day: day)
    }
    // All time: of X the 10 of April only; then Y and Z.
    #expect(try hub.answer("nps.latest") == ["3 66.7"])
    #expect(try hub.answer("nps.year") == ["3 66.7"])
    // X: 6 in March and 10 in April.
    #expect(try hub.answer("nps.month") == ["4 25.0"])
    #expect(try hub.answer("nps.month", by: [.year]) == ["2026 4 25.0"])
    #expect(try hub.answer("nps.month", by: [.month]) == ["2026-03 3 0.0", "2026-04 1 100.0"])
    #expect(
      try hub.answer("nps.year", by: [.month]) == ["2026-03 2 50.0", "2026-04 1 100.0"])
    // No two answers of X lie in one week.
    #expect(try hub.answer("nps.week") == ["5 40.0"])
    let none = ScoreRequest(metric: "nps.month", at: .clock(VectorClock()))
    #expect(throws: LedgerError.self) { try hub.score(none) }
    try expectSum(
      ScoreRequest(metric: "nps.month"), from: .clock(try defined()), to: .now, in: hub)
  }

  // MARK: - Zone

  @Test func `days are those of the definition's zone, unless a request names another`() throws {
    _ = try hub.define("metric: vn\ntitle: T\nreadOut: mean\nmeasure: nps\nzone: Asia/Ho_Chi_Minh")
    // 20:00 UTC is three in the morning of the next day there.
    let evening = Instant(microseconds: WallClock.start.microseconds - 4 * 3_600_000_000)
    _ = try hub.record([
      EventDraft(Bodies.response([Bodies.nps(9)]), occurrence: .exact(evening))
    ])
    #expect(try hub.answer("nps.mean", by: [.month]) == ["2026-02 1 9.00"])
    #expect(try hub.answer("vn", by: [.month]) == ["2026-03 1 9.00"])
    let request = ScoreRequest(metric: "vn", groupings: [.month], timeZone: "UTC")
    #expect(try hub.score(request).rows.map(\.group) == [["2026-02"]])
    #expect(try hub.score(ScoreRequest(metric: "vn")).timeZone == "Asia/Ho_Chi_Minh")
    #expect(try hub.timeZone(ofMetric: "vn") == "Asia/Ho_Chi_Minh")
    #expect(try hub.timeZone(ofMetric: "nps") == "UTC")
    let published = try hub.publish(ScoreRequest(metric: "vn", groupings: [.month]))
    let then = try hub.publication(published.address).request
    #expect(try hub.score(then).rows.map(\.group) == [["2026-03"]])
    try expectSum(
      ScoreRequest(metric: "vn"), from: .clock(try defined()), to: .now, in: hub)
  }

  @Test func `a zone that nobody knows is refused by name`() throws {
    #expect(throws: DefinitionRefusal.unknownZone("Mars/Olympus")) {
      try hub.define("metric: m\ntitle: T\nreadOut: mean\nmeasure: nps\nzone: Mars/Olympus")
    }
  }

  // MARK: - Parts

  /// The cut in which the definition is in force and nothing is answered.
  private func defined() throws -> VectorClock {
    let logs = try ReferenceLogs(of: hub)
    let last = logs.logs[hub.log]?.last { entry in
      if case .metricDefinitionPublished = entry.event.body { true } else { false }
    }
    return logs.closure(of: VectorClock([try #require(last).address]))
  }

  private func answer(_ value: Int32, _ customer: String, month: Int, day: Int) throws {
    _ = try hub.record([
      EventDraft(
        Bodies.response([Bodies.nps(value)]),
        occurrence: .day(try #require(CivilDay(year: 2026, month: month, day: day))),
        customer: .identifier(namespace: "email", value: "\(customer)@example.org"))
    ])
  }

  private func answer(_ values: [String: Int32]) throws {
    let answers = values.sorted { $0.key < $1.key }.map {
      Bodies.answer($0.key, $0.value, .csi, 0...100)
    }
    _ = try hub.record([EventDraft(Bodies.response(answers))])
  }
}
