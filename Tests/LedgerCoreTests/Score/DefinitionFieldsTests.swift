import LedgerCore
import Testing

@Suite struct `Fields of a definition` {
  private typealias Value = DefinitionFields.Value

  private static let net: [String: Value] = [
    "metric": .word("nps.latest"), "title": .word("T"), "readOut": .word("net"),
    "measure": .word("nps"), "low": .word("0..6"), "high": .word("9..10"),
  ]

  private static func with(_ changes: [String: Value?]) -> [String: Value] {
    net.merging(changes.compactMapValues(\.self)) { $1 }
      .filter { name, _ in !changes.keys.contains(name) || changes[name] != .some(.none) }
  }

  @Test func `what is left out has its usual value`() throws {
    let definition = try MetricDefinition(DefinitionFields(Self.net))
    #expect(definition.readOut == .net(.nps))
    #expect(definition.version == 1)
    #expect(definition.dedupe == .all)
    #expect(definition.population == .scored)
    #expect(definition.minimumCount == 30)
    #expect(definition.decimals == 1)
  }

  @Test(
    arguments: [
      ["dedup": .word("all")], ["dedupe": .word("latest")], ["version": .word("0")],
      ["version": .word("one")], ["low": .word("1..6")], ["high": .word("6..10")],
      ["high": .word("9..11")], ["scale": .word("10..0")], ["measure": .word("csi")],
      ["readOut": .word("nett")], ["metric": .word("NPS")], ["title": .word("")],
      ["completedOnly": .word("yes")], ["polarity": .word("lower is better")],
      ["unit": .word("percent")], ["decimals": .word("7")], ["minimumCount": .word("-1")],
      ["window": .word("month")], ["zone": .word("")], ["weights": .word("q=1")],
      ["version": .list(["1"])], ["sum": .word("issued")], ["low": nil], ["readOut": nil],
    ] as [[String: DefinitionFields.Value?]])
  func `a wrong field is refused by name`(changes: [String: DefinitionFields.Value?]) throws {
    let refusal = #expect(throws: DefinitionRefusal.self) {
      try MetricDefinition(DefinitionFields(Self.with(changes)))
    }
    let field = try #require(changes.keys.first)
    #expect(try #require(refusal).description.contains(field))
  }

  private static func index(_ changes: [String: Value]) -> DefinitionFields {
    let usual: [String: Value] = [
      "metric": .word("csi.own"), "title": .word("T"), "readOut": .word("index"),
      "mean": .word("weighted"),
    ]
    return DefinitionFields(usual.merging(changes) { $1 })
  }

  @Test(arguments: [
    ["a"], ["a="], ["a=0"], ["a=-1"], ["a=+1"], ["a=1.2345"], ["a=1."], ["a=.5"], ["=1"],
    ["a=1", "a=2"], ["a=1000000.001"], ["a=99999999"], ["a=1e3"], ["a=١"],
  ])
  func `a wrong weight is refused`(weights: [String]) {
    #expect(throws: DefinitionRefusal.self) {
      try MetricDefinition(Self.index(["weights": .list(weights)]))
    }
  }

  @Test func `weights are exact thousandths, and are written as they are read`() throws {
    let definition = try MetricDefinition(
      Self.index(["weights": .list(["b=0.25", "a=b=3", "c=1000000", "d=0.001"])]))
    let expected = IndexWeights([
      ("a=b", 3_000), ("b", 250), ("c", 1_000_000_000), ("d", 1),
    ])
    #expect(definition.readOut == .index(.weighted, weights: try #require(expected)))
    let line = #"weights: ["a=b=3", "b=0.25", "c=1000000", "d=0.001"]"#
    #expect(definition.description.contains(line))
  }

  @Test(arguments: ["equal", "respondent", "pooled"])
  func `weights of a mean that weighs nothing are refused`(mean: String) {
    let refusal = #expect(throws: DefinitionRefusal.self) {
      try MetricDefinition(Self.index(["mean": .word(mean), "weights": .word("a=1")]))
    }
    #expect(refusal?.description.contains("weights") == true)
  }

  @Test(arguments: ["fortnight", "site", "trailing"])
  func `a window is a calendar period`(word: String) {
    let changes: [String: Value?] = [
      "dedupe": .word("latestPerCustomerPerWindow"), "window": .word(word),
    ]
    let refusal = #expect(throws: DefinitionRefusal.self) {
      try MetricDefinition(DefinitionFields(Self.with(changes)))
    }
    #expect(refusal?.description.contains("window") == true)
  }

  @Test(
    arguments: [
      ("dedupe", "latestPerTouchpoint"), ("questions", "q"), ("completedOnly", "true"),
    ])
  func `a choice that does nothing for the read-out is refused`(field: String, value: String) {
    let fields: [String: Value] = [
      "metric": .word("m"), "title": .word("T"), "readOut": .word("backlog"), field: .word(value),
    ]
    #expect(throws: DefinitionRefusal.useless(field: field, readOut: "backlog")) {
      try MetricDefinition(DefinitionFields(fields))
    }
  }
}
