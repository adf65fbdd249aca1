import Foundation
import Testing

/// What is wrong inside the files that a user gives: one sentence that says what was got, where, and what to do.
@Suite struct BadInputTests {
  @Test(arguments: [
    ("source: shop\n", "rows"), ("rows: [\n", "line"), ("- 1\n", "map"), ("", "map"),
    (Samples.mapping + "\nunknown: 1\n", "unknown"),
    (Samples.mapping.replacing("column: day", with: "column: dey"), "dey"),
    (Samples.mapping.replacing("zone: UTC", with: "zone: Mars/Olympus"), "Mars/Olympus"),
    (Samples.mapping.replacing(", zone: UTC", with: ""), "zone"),
    (Samples.mapping.replacing("scale: [0, 10]", with: "scale: [10, 0]"), "scale"),
    (Samples.mapping.replacing("yyyy-MM-dd", with: "qqqq"), "qqqq"),
    (Samples.mapping.replacing("metric: nps", with: "metric: nsp"), "nsp"),
  ])
  func `a bad mapping is refused by its place`(mapping: String, word: String) throws {
    let place = try Workplace.withLedger()
    try place.file("map.yaml", mapping)
    try place.file("rows.csv", Samples.rows)
    let ending = try place.fail("import", "rows.csv", "--map", "map.yaml", status: 65)
    #expect(ending.errors.lowercased().contains(word.lowercased()), "\(ending.errors)")
    try place.expectUntouched()
  }

  @Test(arguments: [
    ("", "header row"), ("a,b,c\n1,2,3\n", "id"), ("id,day,q,shop,comment\n\"1,2,3\n", "quote"),
    ("id,day,q,shop,comment\n1,tomorrow,9,A,\n", "\"day\""),
    ("id,day,q,shop,comment\n1,2026-02-30,9,A,\n", "yyyy-MM-dd"),
    ("id,day,q,shop,comment\n1,2026-01-02,nine,A,\n", "\"recommend\""),
    ("id,day,q,shop,comment\n,2026-01-02,9,A,\n", "id"),
    ("id,day,q,shop,comment\n1,2026-01-02,9\n", "row"),
  ])
  func `a bad file or row is refused by its place`(rows: String, word: String) throws {
    let place = try Workplace.withLedger()
    try place.file("map.yaml", Samples.mapping)
    try place.file("rows.csv", rows)
    let ending = try place.run(["import", "rows.csv", "--map", "map.yaml"])
    #expect(ending.status == 65, "\(ending.output)\(ending.errors)")
    for line in ending.errors.split(separator: "\n") { #expect(line.hasPrefix("scorebook: ")) }
    #expect(ending.errors.contains(word), "\(ending.errors)")
    try place.expectUntouched()
  }

  @Test func `bytes that are no UTF-8 refuse their row or line, by number, and no other`() throws {
    let place = try Workplace.withLedger()
    try place.file("map.yaml", Samples.mapping)
    let rows = try place.shell(
      #"""
      printf 'id,day,q,shop,comment\n1,2026-01-02,9,A,\xff\xfe\n2,2026-01-02,9,A,ok\n' > rows.csv
      scorebook import rows.csv --map map.yaml
      """#)
    #expect(rows.status == 65)
    #expect(rows.lines.first?.contains("accepted 1") == true, "\(rows.output)")
    #expect(rows.errors.contains("scorebook: row 2: "), "\(rows.errors)")
    try place.file("good.json", Samples.line("7", nps: 3) + "\n")
    let lines = try place.shell(
      #"(printf '{"id":"\xff"}\n'; cat good.json) | scorebook ingest"#)
    #expect(lines.status == 65)
    #expect(lines.lines.first?.contains("recorded 1") == true, "\(lines.output)")
    #expect(lines.errors.contains("scorebook: line 1: "), "\(lines.errors)")
    let map = try place.shell(
      #"printf 'source: \xff\n' > bad.yaml; scorebook import rows.csv --map bad.yaml"#)
    #expect(map.status == 65)
    #expect(map.errors.contains("UTF-8"))
    try place.succeed("verify")
  }

  @Test(arguments: [
    ["record", "survey-response-submitted", "--answer", "nps=9", "--time", "2026-13-01"],
    ["record", "survey-response-submitted", "--answer", "nps=9", "--time", "2026-02-30"],
    ["record", "survey-response-submitted", "--answer", "nps=9", "--time", "2026-01-01T25:00:00Z"],
    ["record", "survey-response-submitted", "--answer", "nps=9", "--time", ""],
    ["record", "survey-response-submitted", "--answer", "nps=9", "--time", "99999-01-01"],
    ["score", "nps", "--from", "2026-02-30"], ["score", "nps", "--to", "31.12.2026"],
    ["score", "nps", "--at", "received:2026-02-30"], ["log", "--from", "yesterday"],
    ["history", "nps", "--from", "x"], ["score", "nps", "--by", ""],
    ["score"], ["import"], ["merge"], ["sync"], ["explain", "nps"], ["backup"], ["publish"],
    ["score", "nps", "--at"], ["score", "nps", "extra"],
  ])
  func `a wrong argument is a usage error of one sentence, and nothing is recorded`(
    arguments: [String]
  ) throws {
    let place = try Workplace.withLedger()
    let ending = try place.run(arguments)
    #expect(ending.status == 64, "\(ending.output)\(ending.errors)")
    #expect(ending.errors.hasPrefix("scorebook: "))
    #expect(ending.errors.count { $0 == "\n" } == 1, "\(ending.errors)")
    try place.expectUntouched()
  }

  /// Scenario 24. A comment is in no CSV at all; what may be in one is a label.
  @Test(arguments: ["=HYPERLINK(\"http://x\",\"y\")", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1"])
  func `scenario 24: a text that begins like a formula is inert in every CSV`(text: String) throws {
    let place = try Workplace.withLedger()
    try place.recordAnswer("nps=0", "--label", "team=\(text)", "--comment=\(text)")
    let csv = try place.succeed("score", "nps", "--by", "team", "--format", "csv").output
    let row = try #require(csv.components(separatedBy: "\r\n").dropFirst().first)
    #expect(row.hasPrefix("'") || row.hasPrefix("\"'"), "\(row)")
    for format in ["table", "csv", "json"] {
      let output = try place.succeed("score", "nps", "--format", format).output
      #expect(!output.contains(text))
    }
  }
}
