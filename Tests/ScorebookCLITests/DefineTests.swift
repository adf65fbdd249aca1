import Testing

@Suite struct DefineTests {
  private static let latest = """
    metric: nps.latest
    title: Latest answer of each customer
    readOut: net
    measure: nps
    low: 0..6
    high: 9..10
    dedupe: latestPerCustomerPerWindow
    """

  private func place() throws -> Workplace {
    let place = try Workplace.withLedger()
    try place.file("latest.yaml", Self.latest)
    return place
  }

  @Test func `the worked numbers, from a file through a merge and back`() throws {
    let place = try place()
    let defined = try place.succeed("define", "latest.yaml").output
    #expect(defined.hasPrefix("defined nps.latest version 1 "))
    for (who, answer, day) in [("x", 9, 2), ("x", 6, 20), ("y", 10, 10), ("z", 7, 12)] {
      try place.recordAnswer(
        "nps=\(answer)", "--customer", "email:\(who)@example.org", "--time",
        "2026-03-\(day < 10 ? "0" : "")\(day)")
    }
    func row() throws -> [Double?] {
      let row = try place.score("nps.latest", "--from", "2026-03", "--to", "2026-04")["rows"][0]
      return [row["n"].number, row["value"].number]
    }
    #expect(try row() == [3, 0])
    let merge = try #require(
      try place.succeed("merge-customers", "email:x@example.org", "email:y@example.org").lines.first
    )
    #expect(try row() == [2, -50])
    try place.succeed("unmerge-customers", merge)
    #expect(try row() == [3, 0])
    let history = try JSONReading(try place.succeed("history", "nps.latest", "--json").output)
    let causes = history.list.suffix(2).map { $0["causes"][0].string }
    #expect(causes == ["merged identity", "unmerged identity"])
  }

  @Test func `an explanation names the merge, and the customer before and after`() throws {
    let place = try place()
    try place.succeed("define", "latest.yaml")
    try place.recordAnswer("nps=9", "--customer", "email:x@example.org", "--time", "2026-03-02")
    try place.recordAnswer("nps=3", "--customer", "email:y@example.org", "--time", "2026-03-03")
    try place.file("clock.json", try place.succeed("heads", "--json").output)
    let merge = try #require(
      try place.succeed("merge-customers", "email:x@example.org", "email:y@example.org").lines.first
    )
    let explained = try JSONReading(
      try place.succeed(
        "explain", "nps.latest", "--between", "clock:clock.json", "now", "--events", "--json"
      ).output)
    #expect(explained["parts"].list.map { $0["cause"].string } == ["merged identity"])
    let event = explained["parts"][0]["events"][0]
    #expect(event["addresses"][0].string == merge)
    #expect(event["customer"].string?.count == 32)
    // By pseudonym, so the two may stand in either order.
    #expect(["9, 3", "3, 9"].contains(event["before"].string))
    #expect(event["after"].string == "3")
  }

  @Test func `metrics lists what is built in and what was published`() throws {
    let place = try place()
    try place.succeed("define", "latest.yaml")
    let lines = try place.succeed("metrics").lines
    #expect(lines.contains { $0.hasPrefix("nps ") && $0.hasSuffix("built in") })
    #expect(lines.contains { $0.hasPrefix("nps.latest ") && $0.hasSuffix("HQ") })
    let text = try place.succeed("metrics", "nps.latest").output
    try place.file("again.yaml", text)
    #expect(try place.succeed("define", "again.yaml").output.hasPrefix("defined already"))
    #expect(try place.succeed("define", "again.yaml", "--check").output == text)
    #expect(try place.run(["metrics"], ledger: nil).status == 0)
  }

  @Test func `a wrong definition gets one sentence that names the file and the field`() throws {
    let place = try place()
    try place.file("typo.yaml", Self.latest.replacing("dedupe", with: "dedup"))
    let ending = try place.fail("define", "typo.yaml", status: 65)
    #expect(ending.errors.contains("typo.yaml") && ending.errors.contains("dedup"))
    try place.file("nps.yaml", Self.latest.replacing("nps.latest", with: "nps"))
    #expect(try place.fail("define", "nps.yaml", status: 76).errors.contains("built in"))
    try place.succeed("define", "latest.yaml")
    try place.file("other.yaml", Self.latest + "\nminimumCount: 3\n")
    #expect(try place.fail("define", "other.yaml", status: 76).errors.contains("version: 2"))
    try place.fail("define", "missing.yaml", status: 66)
    #expect(try place.fail("score", "nps.lates", status: 69).errors.contains("nps.latest"))
  }

  @Test func `a merge of one customer with itself is refused`() throws {
    let place = try place()
    try place.fail("merge-customers", "email:x@example.org", "email:X@example.org", status: 65)
    try place.fail("merge-customers", "email:x@example.org", status: 64)
    try place.fail("unmerge-customers", "0123456789abcdef0123456789abcdef/1", status: 69)
  }

  @Test func `a published definition is published and reproduced by its version`() throws {
    let place = try place()
    try place.succeed("define", "latest.yaml")
    try place.recordAnswer("nps=9", "--customer", "email:x@example.org")
    let line = try #require(try place.succeed("publish", "nps.latest").lines.first)
    let publication = String(line.dropFirst("published ".count))
    try place.file("two.yaml", Self.latest + "\nversion: 2\ncompletedOnly: true\n")
    try place.succeed("define", "two.yaml")
    #expect(try place.score("nps.latest")["version"].number == 2)
    let then = try place.score("nps.latest", "--at", "publication:\(publication)")
    #expect(then["version"].number == 1)
    #expect(then["rows"][0]["value"].number == 100)
  }
}
