import FeedbackLedger
import LedgerCore
import Testing

@Suite struct MappingRefusalTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    /// Lines that take the place of the first lines with the same key; a line with `-` in front takes one away.
    let change: String
    let refusal: String
    var testDescription: String { name }
  }

  private static let base = """
    source: sample
    rows: survey
    id: id
    occurred: {column: time, format: iso8601, zone: UTC}
    survey: {id: s, questions: [{id: q, column: q, metric: csat, scale: [1, 5]}]}
    """

  static let cases = [
    Case(
      name: "a key is missing", change: "-source:",
      refusal: "The mapping lacks the key \"source\" at its top level. Add it."),
    Case(
      name: "a time is missing", change: "-occurred:",
      refusal: "The mapping lacks the key \"occurred\" at its top level. Add it."),
    Case(
      name: "a key is misspelt",
      change:
        "survey: {id: s, questions: [{id: q, column: q, metric: csat, scale: [1, 5], noAnwser: [6]}]}",
      refusal:
        "The mapping has the key \"noAnwser\" at survey.questions[0], which has no meaning there; "
        + "expected one of id, column, match, metric, scale, polarity, weight, noAnswer, form, values. "
        + "Correct or remove it."),
    Case(
      name: "a word is none of the choices", change: "rows: surveys",
      refusal:
        "The mapping says \"surveys\" at rows; expected one of survey, ticketSnapshot, ticketLog, "
        + "loyalty. Correct it there."),
    Case(
      name: "the rules are for other rows", change: "rows: loyalty",
      refusal:
        "The mapping says \"loyalty\" at rows; expected survey, or no key \"survey\". Correct it there."
    ),
    Case(
      name: "a zone is missing", change: "occurred: {column: time, format: d/M/yyyy}",
      refusal: "The mapping lacks the key \"zone\" at occurred. Add it."),
    Case(
      name: "a zone is no IANA zone",
      change: "occurred: {column: time, format: iso8601, zone: CET}",
      refusal:
        "The mapping says \"CET\" at occurred.zone; expected an IANA zone such as Europe/Berlin, or "
        + "UTC. Correct it there."),
    Case(
      name: "a format is missing", change: "occurred: {column: time, zone: UTC}",
      refusal: "The mapping lacks the key \"format\" at occurred. Add it."),
    Case(
      name: "a time has no source", change: "occurred: {format: iso8601, zone: UTC}",
      refusal:
        "The mapping has the wrong kind of value at occurred; expected exactly one of column, columns "
        + "and constant. Correct it there."),
    Case(
      name: "a constant is no date", change: "occurred: {constant: spring, zone: UTC}",
      refusal:
        "The mapping says \"spring\" at occurred.constant; expected a date such as 2017-05-10, or a "
        + "time and a zone. Correct it there."),
    Case(
      name: "a list stands for a value", change: "source: [a, b]",
      refusal:
        "The mapping has the wrong kind of value at source; expected a single value. Correct it there."
    ),
    Case(
      name: "text stands for a list",
      change: "survey: {id: s, questions: many}",
      refusal:
        "The mapping has the wrong kind of value at survey.questions; expected a list. Correct it there."
    ),
    Case(
      name: "a scale is upside down",
      change: "survey: {id: s, questions: [{id: q, column: q, metric: csat, scale: [5, 1]}]}",
      refusal:
        "The mapping says \"[5, 1]\" at survey.questions[0].scale; expected [lowest, highest], such as "
        + "[0, 10]. Correct it there."),
    Case(
      name: "a value lies outside the scale",
      change:
        "survey: {id: s, questions: [{id: q, column: q, metric: csat, scale: [1, 5], values: {Good: 6}}]}",
      refusal:
        "The mapping says \"6\" at survey.questions[0].values; expected values in 1...5. Correct it there."
    ),
    Case(
      name: "a pattern is none",
      change: "survey: {id: s, questions: [{id: q, match: \"(\", metric: csat, scale: [1, 5]}]}",
      refusal:
        "The mapping says \"(\" at survey.questions[0].match; expected a regular expression, and no "
        + "`column`. Correct it there."),
    Case(
      name: "there are too many header rows", change: "header: {rows: 4}",
      refusal: "The mapping says \"4\" at header.rows; expected 1 to 3. Correct it there."),
    Case(
      name: "the names are in no header row", change: "header: {rows: 1, names: 2}",
      refusal:
        "The mapping says \"2\" at header.names; expected one or two row numbers from 1 to 1. "
        + "Correct it there."),
    Case(
      name: "a delimiter is none", change: "delimiter: x",
      refusal:
        "The mapping says \"x\" at delimiter; expected one of , ; | and tab. Correct it there."),
    Case(
      name: "the site is called a label", change: "labels: {site: branch}",
      refusal:
        "The mapping says \"site\" at labels; expected 1 to 40 of a-z, 0-9, _ and -; the site has a key "
        + "of its own, `site`. Correct it there."),
  ]

  /// The base with the changed lines.
  private static func yaml(_ change: String) -> String {
    let key = change.drop { $0 == "-" }.prefix { $0 != ":" }
    var lines = base.split(separator: "\n").filter { !$0.hasPrefix("\(key):") }.map(String.init)
    if !change.hasPrefix("-") { lines.append(change) }
    return lines.joined(separator: "\n")
  }

  @Test(arguments: cases)
  func `a mapping is refused with what is wrong, where, and what to do`(_ mapping: Case) throws {
    let refusal = try #require(throws: ImportRefusal.self) {
      try Mapping(yaml: Self.yaml(mapping.change))
    }
    #expect(refusal.description == mapping.refusal)
  }

  @Test func `what is not YAML is refused with its line`() throws {
    let refusal = try #require(throws: ImportRefusal.self) {
      try Mapping(yaml: "source: a\nrows: [\n")
    }
    guard case .mapping(.notYAML(_, let line), _) = refusal else {
      Issue.record("Got \(refusal)")
      return
    }
    #expect(line != nil)
    #expect(throws: ImportRefusal.self) { try Mapping(yaml: "source: a\nsource: b\n") }
    #expect(throws: ImportRefusal.self) { try Mapping(yaml: "") }
  }

  @Test func `a mapping of the limit is read, and one byte more is not`() throws {
    let fill = ImportLimits.mappingBytesMax - Self.base.utf8.count - 2
    let yaml = Self.base + "\n#" + String(repeating: "x", count: fill)
    #expect(try Mapping(yaml: yaml).source == "sample")
    #expect(
      throws: ImportRefusal.mapping(.tooLong(bytes: ImportLimits.mappingBytesMax + 1), at: "")
    ) {
      try Mapping(yaml: yaml + "x")
    }
  }

  @Test(arguments: [
    (
      "id,time,Q\n",
      "The file has no column \"q\", which the mapping names at survey.questions[0].column; "
        + "it has \"Q\". Correct the name, the delimiter or the header rows in the mapping."
    ),
    (
      "id,time,q,q\n",
      "The file has 2 columns \"q\", which the mapping names at survey.questions[0].column; "
        + "expected one. Write \"q#2\" for the second."
    ),
    (
      "id,\"time",
      "Header row 1 cannot be read. A quote opens in this row and never closes, so the rest of the "
        + "file is part of it. Nothing was imported."
    ),
  ])
  func `a header that does not fit is refused`(header: String, sentence: String) throws {
    let mapping = try Mapping(yaml: Self.base)
    let refusal = try #require(throws: ImportRefusal.self) {
      try ImportRows(ByteSource(header), mapping: mapping)
    }
    #expect(refusal.description == sentence)
  }

  @Test func `a file without all its header rows is refused`() throws {
    let mapping = try Mapping(yaml: Self.yaml("header: {rows: 3}"))
    #expect(throws: ImportRefusal.file(.headerIncomplete(rows: 2, expected: 3))) {
      try ImportRows(ByteSource("id,time,q\na,b,c\n"), mapping: mapping)
    }
  }

  @Test func `a file that is not there is refused`() {
    #expect(throws: ImportRefusal.file(.unreadable(path: "/nowhere/at all.csv"))) {
      try ByteSource(file: "/nowhere/at all.csv")
    }
  }
}
