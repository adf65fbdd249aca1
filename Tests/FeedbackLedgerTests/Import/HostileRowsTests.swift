import FeedbackLedger
import TestSupport
import Testing

@Suite struct HostileRowsTests {
  private static let survey = """
    source: s
    rows: survey
    id: [id, a]
    occurred: {column: a, fallback: b, format: "yyyy/M/d h:mm:ss a z", none: [x]}
    customer: {column: b, namespace: card}
    labels: {l: {column: c, values: {"1": one}, otherwise: none}}
    text: [{column: d, as: answer, question: why}]
    survey:
      id: s
      started: {column: c, format: iso8601, zone: Europe/London}
      questions:
        - {id: q, column: c, metric: nps, scale: [0, 10], form: leadingInteger}
        - {id: r-$1, match: "(d)", metric: csat, scale: [-5, 5], noAnswer: ["?"]}
    """
  private static let log = """
    source: s
    rows: ticketLog
    id: id
    occurred: {column: a, format: unixSeconds}
    log: {ticket: b, state: c, states: {"1": resolved, "2": open, "3": replied, "": new}}
    """
  private static let points = """
    source: s
    rows: loyalty
    id: {content: true}
    occurred: {column: a, format: unixMilliseconds, none: [""]}
    loyalty: {points: {column: b, per: 0.000000000001, group: basket, basket: c}}
    """

  /// Cells that have made importers stumble, and pieces of cells.
  private static let cells = [
    "", " ", "0", "1", "2", "3", "-1", "10 - likely", "9999999999999999999", "-", "+", ".", "1e99",
    "1.", "\"", "\"\"", "\"a\"\"b\"", "\"a\nb\"", "2026/3/1 1:00:00 PM GMT+1", "2026-03-29T01:30",
    "253402300799", "99999999999999", "\u{0}", "\u{1F}", "e\u{301}", "1\u{301}", "👩‍👩‍👧", "\u{FEFF}",
    "?",
    "=HYPERLINK(1)", "x",
  ]

  @Test(arguments: 0..<100)
  func `whatever the cells hold, every row has its outcome`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var text = "id,a,b,c,d\n"
    for _ in 0..<100 {
      let count = random.next() % 8 == 0 ? Int(random.next() % 8) : 5
      let row = (0..<count).map { _ in Self.cells[Int(random.next() % UInt64(Self.cells.count))] }
      text += row.joined(separator: ",") + "\n"
    }
    for yaml in [Self.survey, Self.log, Self.points] {
      var rows = try ImportRows(ByteSource(text, pieceBytes: 97), mapping: Mapping(yaml: yaml))
      while let row = try rows.next() {
        if case .rejected(let reason) = row.outcome { #expect(!reason.description.isEmpty) }
      }
    }
  }
}
