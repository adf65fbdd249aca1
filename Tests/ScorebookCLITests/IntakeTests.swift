import Foundation
import Testing

@Suite struct IntakeTests {
  @Test func `an import takes good rows, keeps bad ones, and takes nothing twice`() throws {
    let place = try withFiles()
    let arguments = ["import", "rows.csv", "--map", "map.yaml", "--site-column", "shop"]
    let first = try place.run(arguments + ["--rejects", "bad.csv"])
    #expect(first.status == 65)
    #expect(first.lines[0] == "rows 3: accepted 2, duplicate 0, conflict 0, rejected 1, skipped 0")
    #expect(first.errors.contains("scorebook: row 3: The answer 11 to \"recommend\" is outside"))
    let bad = String(decoding: try place.bytes(of: "bad.csv"), as: UTF8.self)
    #expect(bad == "id,day,q,shop,comment\n2,2026-01-03,11,A,\n")
    let second = try place.run(arguments)
    #expect(second.lines[0].contains("accepted 0, duplicate 2"))
    let rows = try place.score("nps", "--by", "site")["rows"].list
    #expect(rows.map { $0["group"]["site"].string } == ["A", "B"])
  }

  @Test func `a dry run says the same and records nothing`() throws {
    let place = try withFiles()
    let ending = try place.run(["import", "rows.csv", "--map", "map.yaml", "--dry-run"])
    #expect(ending.lines[0].contains("accepted 2"))
    #expect(ending.errors.contains("1 of 3 rows would be refused"))
    #expect(ending.errors.contains("; nothing was recorded.") && !ending.errors.contains("are in"))
    #expect(try place.succeed("log").lines.count == 1)
  }

  @Test func `a voided batch counts nothing, and what was known before can be asked for`() throws {
    let place = try withFiles()
    let ending = try place.run(["import", "rows.csv", "--map", "map.yaml"])
    let line = try #require(ending.lines.first { $0.hasPrefix("batch ") })
    try place.file("before.json", try place.succeed("heads", "--json").output)
    try place.succeed("void", String(line.dropFirst("batch ".count)))
    #expect(try place.score("nps")["rows"][0]["n"].number == 0)
    #expect(try place.score("nps", "--at", "clock:before.json")["rows"][0]["n"].number == 2)
  }

  @Test func `lines are ingested from standard input, and bad ones are named by number`() throws {
    let place = try Workplace.withLedger()
    let input = [
      Samples.line("1", nps: 9), "{\"specversion\":\"1.0\"}", "", Samples.line("2", nps: 0),
      Samples.line("1", nps: 9), Samples.line("2", nps: 5),
    ].joined(separator: "\n")
    let ending = try place.run(["ingest"], input: input)
    #expect(ending.status == 65)
    #expect(
      ending.lines[0] == "lines 5: recorded 2, duplicate 1, conflict 1, refused 1, skipped 0")
    #expect(ending.errors.contains("scorebook: line 2: `id` is missing"))
    #expect(ending.errors.contains("scorebook: line 6: "))
  }

  @Test func `what log prints, another ledger ingests to the same score`() throws {
    let place = try Workplace.withLedger()
    let address = try place.recordAnswer("nps=9", "--customer", "email:a@example.org")
    try place.recordAnswer("nps=3")
    try place.succeed(
      "record", "survey-response-corrected", "--subject", address, "--answer", "nps=7")
    try place.file("events.jsonl", try place.succeed("log", "--json").output)
    try place.succeed("init", "copy.ledger", "--site", "Copy")
    try place.succeed("ingest", "events.jsonl", "--ledger", "copy.ledger")
    let scores = try ["hq.ledger", "copy.ledger"].map {
      try place.score("nps", "--by", "site", "--ledger", $0)["rows"][0]
    }
    #expect(scores[0]["value"].number == scores[1]["value"].number)
    #expect(scores[0]["group"]["site"].string == scores[1]["group"]["site"].string)
  }

  @Test func `a line that never ends is refused with bounded memory`() throws {
    let place = try Workplace.withLedger()
    let ending = try place.run(
      ["ingest"],
      input: String(repeating: "x", count: 3 << 20) + "\n" + Samples.line("1", nps: 9))
    #expect(ending.errors.contains("scorebook: line 1: The line has 1048577 bytes"))
    #expect(ending.lines[0].contains("recorded 1"))
  }

  @Test func `the log is listed by item, kind and site`() throws {
    let place = try Workplace.withLedger()
    try place.succeed("record", "ticket-opened", "--subject", "ticket/7")
    try place.succeed("record", "ticket-resolved", "--subject", "ticket/7")
    try place.recordAnswer("nps=9")
    #expect(try place.succeed("log", "--subject", "ticket/7").lines.count == 2)
    #expect(try place.succeed("log", "--kind", "ticket-opened").lines.count == 1)
    #expect(try place.succeed("log", "--site", "Nowhere").lines.isEmpty)
    #expect(try place.succeed("log", "--to", "2020-01-01").lines.isEmpty)
  }

  private func withFiles() throws -> Workplace {
    let place = try Workplace.withLedger()
    try place.file("map.yaml", Samples.mapping)
    try place.file("rows.csv", Samples.rows + "\n")
    return place
  }
}
