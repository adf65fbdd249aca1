import FeedbackLedger
import LedgerCore
import Testing

/// YAML may name a value and repeat it; what repeats itself without end is refused before it is read.
@Suite struct AliasBoundTests {
  private static let sharedScale = """
    source: sample
    rows: survey
    id: id
    occurred: {column: time, format: iso8601, zone: UTC}
    survey:
      id: s
      questions:
        - {id: q0, column: q0, metric: csat, scale: &five [1, 5], noAnswer: &none [9]}

    """
    + (1...40).map {
      "    - {id: q\($0), column: \"R&D *\($0)\", metric: csat, scale: *five, noAnswer: *none}\n"
    }.joined()

  /// Each list is ten of the one before.
  private static func bomb(lists: Int) -> String {
    let names = (0...lists).map { "v\($0)" }
    return "v0: &v0 [\((0..<10).map(String.init).joined(separator: ", "))]\n"
      + zip(names, names.dropFirst()).map { before, name in
        "\(name): &\(name) [\(repeatElement("*\(before)", count: 10).joined(separator: ", "))]\n"
      }.joined()
  }

  @Test func `forty questions share a scale`() throws {
    _ = try Mapping(yaml: Self.sharedScale)
  }

  @Test(arguments: [8, 12, 100])
  func `a key that stands for more than can be read is refused at once`(lists: Int) {
    let text = Self.bomb(lists: lists) + "? *v\(lists)\n: 1\n"
    #expect(throws: DefinitionRefusal.notAMapping("its aliases stand for too much")) {
      try MetricDefinition(text: text)
    }
    #expect(throws: ImportRefusal.self) { try Mapping(yaml: text) }
  }

  @Test func `what only looks like an alias is a title`() throws {
    let nps = try #require(KnownDefinition.builtIn.first { $0.definition.id == "nps" }).definition
    let text = nps.description.replacing("metric: nps", with: "metric: own")
      .replacing("title: \"", with: "title: \"R&D *new* (*1) &c ")
    #expect(try MetricDefinition(text: text).title.hasPrefix("R&D *new* (*1) &c "))
  }
}
