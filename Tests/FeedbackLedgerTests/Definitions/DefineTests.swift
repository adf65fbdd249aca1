import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import Testing
import TestSupport

/// A definition is an event like any other.
@Suite struct `A published definition` {
  private let company: Company

  init() throws {
    company = try Company()
  }

  @Test(arguments: BuiltInMetrics.all)
  func `the text of a definition is read back as the same definition`(
    definition: MetricDefinition
  ) throws {
    #expect(try MetricDefinition(text: definition.description) == definition)
  }

  @Test func `every choice is read back`() throws {
    let text = """
      metric: x
      version: 7
      title: "a \\"quote\\", a : colon"
      readOut: mean
      measure: csat
      scale: 1..4
      questions: [service, "true", speed]
      completedOnly: true
      dedupe: latestPerTouchpoint
      window: quarter
      zone: Asia/Ho_Chi_Minh
      minimumCount: 0
      decimals: 3
      """
    let definition = try MetricDefinition(text: text)
    #expect(definition.window == .quarter)
    #expect(definition.zone == "Asia/Ho_Chi_Minh")
    #expect(definition.population.questions == ["service", "speed", "true"])
    #expect(definition.title == "a \"quote\", a : colon")
    #expect(try MetricDefinition(text: definition.description) == definition)
  }

  @Test(arguments: ["", "a", "- a", "a: b: c", "metric: {a: b}", "metric: [[a]]", "a: 1\na: 2"])
  func `a text that is no mapping of words is refused`(text: String) {
    #expect(throws: DefinitionRefusal.self) { try MetricDefinition(text: text) }
  }

  @Test func `a text is taken up to its limit`() throws {
    let text = Definitions.latest + "\n#"
    let limit = String(repeating: "x", count: (16 << 10) - text.utf8.count)
    #expect(throws: Never.self) { try MetricDefinition(text: text + limit) }
    #expect(throws: DefinitionRefusal.tooLong(bytes: (16 << 10) + 1, limit: 16 << 10)) {
      try MetricDefinition(text: text + limit + "x")
    }
  }

  @Test func `it travels, and is in force in every cut that holds it`() throws {
    let hub = company.hub
    try Company.record(2, at: hub)
    let before = try hub.store.read { $1.clock }
    _ = try hub.define(Definitions.latest)
    #expect(throws: LedgerError.self) { try company.branch.answer("nps.latest") }
    _ = try company.branch.sync(with: hub)
    #expect(try company.branch.answer("nps.latest") == ["2 100.0"])
    #expect(throws: LedgerError.unknownMetric("nps.latest", suggestions: ["nps.latest"])) {
      try hub.answer("nps.latest", at: .clock(before))
    }
    let known = try company.branch.definitions().filter { $0.address != nil }
    #expect(known.map(\.definition.id) == ["nps.latest"])
    #expect(known.map(\.site) == ["head office"])
  }

  @Test func `the same text again is no event, and another needs a higher version`() throws {
    let first = try company.hub.define(Definitions.latest)
    let again = try company.hub.define(Definitions.latest)
    #expect(first.isNew && !again.isNew && first.address == again.address)
    #expect(throws: DefinitionError.versionTaken("nps.latest", 1, last: 1)) {
      try company.hub.define(Definitions.latest + "\nminimumCount: 5")
    }
    _ = try company.hub.define(Definitions.latest + "\nminimumCount: 5\nversion: 2")
    #expect(try company.hub.score(ScoreRequest(metric: "nps.latest")).definition.version == 2)
  }

  @Test func `a built-in id keeps its meaning, whatever an entry says`() throws {
    let forged = Definitions.latest.replacing("nps.latest", with: "nps")
    #expect(throws: DefinitionError.builtIn("nps")) { try company.hub.define(forged) }
    var published = Scorebook_V1_MetricDefinitionPublished()
    published.metric = "nps"
    published.version = 9
    published.definition = forged
    _ = try company.hub.withRecorder { try $0.append(.metricDefinitionPublished(published)) }
    #expect(try company.hub.score(ScoreRequest(metric: "nps")).definition.version == 1)
  }

  @Test func `a definition that only a newer program can read stops its own score only`() throws {
    var published = Scorebook_V1_MetricDefinitionPublished()
    published.metric = "later"
    published.definition = "metric: later\ntitle: T\nreadOut: oracle\n"
    _ = try company.hub.withRecorder { try $0.append(.metricDefinitionPublished(published)) }
    #expect(throws: DefinitionError.self) { try company.hub.answer("later") }
    #expect(throws: Never.self) { try company.hub.answer("nps") }
  }

  @Test func `a publication keeps the definition it fixed`() throws {
    let hub = company.hub
    _ = try hub.define(Definitions.latest)
    _ = try hub.record([EventDraft(Bodies.response([Bodies.nps(9)], isPartial: true))])
    let published = try hub.publish(ScoreRequest(metric: "nps.latest"))
    _ = try hub.define(Definitions.latest + "\nversion: 2\ncompletedOnly: true")
    #expect(try hub.answer("nps.latest") == ["0 "])
    let then = try hub.score(
      ScoreRequest(metric: "nps.latest", at: .publication(published.address)))
    #expect(then.definition.version == 1)
    #expect(then.rows.map(\.score) == published.table.rows.map(\.score))
  }

  @Test func `a publication says how many events counted nothing when it was made`() throws {
    var world = company.world
    let stranger = try world.join("stranger")
    try Company.record(3, at: stranger)
    _ = try company.branch.sync(with: stranger)
    let published = try company.branch.publish(ScoreRequest(metric: "nps"))
    let size = try stranger.store.read { $1.ownLog?.size }
    let message = try company.branch.publication(published.address).message
    #expect(message.pending == size)
    #expect(message.unknownKinds == 0)
  }

  @Test func `two sites that define one id apart are told so`() throws {
    _ = try company.hub.define(Definitions.latest)
    _ = try company.branch.define(Definitions.latest + "\nminimumCount: 5")
    _ = try company.branch.sync(with: company.hub)
    let tables = try [company.hub, company.branch].map {
      try $0.score(ScoreRequest(metric: "nps.latest"))
    }
    #expect(tables[0].definition == tables[1].definition)
    let contested = ScoreWarning.contestedDefinition("nps.latest", version: 1)
    #expect(tables.allSatisfy { $0.warnings.contains(contested) })
    _ = try company.hub.define(Definitions.latest + "\nversion: 2")
    #expect(
      try !company.hub.score(ScoreRequest(metric: "nps.latest")).warnings.contains(contested))
  }

  @Test func `a population reads the questions and the completed responses it names`() throws {
    func define(_ id: String, _ lines: String) throws {
      _ = try company.hub.define(
        "metric: \(id)\ntitle: T\nreadOut: mean\nmeasure: nps\n\(lines)\n")
    }
    try define("shop", "questions: [shop]")
    try define("complete", "completedOnly: true")
    func response(_ shop: Int32, _ web: Int32, isPartial: Bool) -> EventDraft {
      EventDraft(
        Bodies.response(
          [
            Bodies.answer("shop", shop, .nps, 0...10), Bodies.answer("web", web, .nps, 0...10),
          ], isPartial: isPartial))
    }
    let outcomes = try company.hub.record([
      response(8, 4, isPartial: false), response(6, 2, isPartial: true),
    ])
    #expect(try company.hub.answer("nps.mean") == ["4 5.00"])
    #expect(try company.hub.answer("shop") == ["2 7.00"])
    #expect(try company.hub.answer("complete") == ["2 6.00"])
    let before = try company.hub.store.read { $1.clock }
    guard case .recorded(let address) = outcomes[1] else { return }
    _ = try company.hub.record([
      EventDraft(Bodies.completed([]), item: .known(ItemID(openedAt: address)))
    ])
    #expect(try company.hub.answer("complete") == ["4 5.00"])
    try expectSum(
      ScoreRequest(metric: "complete"), from: .clock(before), to: .now, in: company.hub)
    try expectSum(ScoreRequest(metric: "shop"), from: .clock(before), to: .now, in: company.hub)
  }

  @Test func `a definition says how many decimals are shown`() throws {
    _ = try company.hub.define(
      Definitions.latest.replacing("nps.latest", with: "nps.fine") + "\ndecimals: 4")
    try Company.record(1, at: company.hub)
    #expect(try company.hub.answer("nps.fine") == ["1 100.0000"])
  }
}
