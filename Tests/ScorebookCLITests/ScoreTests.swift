import Testing

@Suite struct ScoreTests {
  @Test func `a table shows value, interval, n and the cut`() throws {
    let place = try Workplace.withLedger()
    for answer in ["nps=9", "nps=10", "nps=3"] { try place.recordAnswer(answer) }
    let lines = try place.succeed("score", "nps").lines
    #expect(lines[0] == " nps       interval   n")
    #expect(lines[1] == "33.3  [-51.3, 84.7]  3*")
    #expect(lines.contains { $0.hasPrefix("Net Promoter Score, in net points") })
    #expect(lines.contains { $0.wholeMatch(of: #/cut [0-9a-f]{16} \(now\)/#) != nil })
  }

  @Test func `no answers have no value, in every format`() throws {
    let place = try Workplace.withLedger()
    #expect(try place.succeed("score", "nps").lines[1] == "  –         –  0")
    let row = try place.score("nps")["rows"][0]
    #expect(row["value"].isNull && row["low"].isNull && row["high"].isNull)
    let csv = try place.succeed("score", "nps", "--format", "csv").output
    #expect(csv.contains("nps,,,,0,"))
  }

  @Test func `a score is split by label and by month of the ledger's zone`() throws {
    let place = try Workplace.withLedger(timeZone: "Asia/Ho_Chi_Minh")
    // 23:30 of 31 March in UTC is April in Ho Chi Minh City.
    try place.recordAnswer("nps=9", "--time", "2026-03-31T23:30:00Z", "--label", "channel=phone")
    try place.recordAnswer("nps=3", "--time", "2026-03-31", "--label", "channel=web")
    let score = try place.score("nps", "--by", "channel,month")
    let groups = score["rows"].list.map {
      [$0["group"]["channel"].string, $0["group"]["month"].string]
    }
    #expect(groups == [["phone", "2026-04"], ["web", "2026-03"]])
    let filtered = try place.score("nps", "--where", "channel=web")
    #expect(filtered["rows"][0]["value"].number == -100)
  }

  @Test func `a window of dates begins and ends with local days`() throws {
    let place = try Workplace.withLedger(timeZone: "Asia/Ho_Chi_Minh")
    try place.recordAnswer("nps=9", "--time", "2026-03-31T17:00:00Z")
    try place.recordAnswer("nps=3", "--time", "2026-03-31T16:59:59Z")
    let april = try place.score("nps", "--from", "2026-04-01", "--to", "2026-05-01")
    #expect(april["rows"][0]["value"].number == 100)
    let march = try place.score("nps", "--from", "2026-03", "--to", "2026-04")
    #expect(march["rows"][0]["value"].number == -100)
    let utc = try place.score("nps", "--from", "2026-04-01", "--tz", "UTC")
    #expect(utc["rows"][0]["n"].number == 0)
  }

  @Test func `a published number is reproduced after a correction, and the change is explained`()
    throws
  {
    let place = try Workplace.withLedger()
    let address = try place.recordAnswer("nps=10")
    try place.recordAnswer("nps=9")
    let line = try #require(try place.succeed("publish", "nps", "--title", "March").lines.first)
    let publication = String(line.dropFirst("published ".count))
    try place.succeed(
      "record", "survey-response-corrected", "--subject", address, "--answer", "nps=0")
    #expect(try place.score("nps")["rows"][0]["value"].number == 0)
    let then = try place.score("nps", "--at", "publication:\(publication)")
    #expect(then["rows"][0]["value"].number == 100)

    let explained = try place.succeed(
      "explain", "nps", "--between", "publication:\(publication)", "now", "--events", "--json")
    let explanation = try JSONReading(explained.output)
    #expect(explanation["change"].number == -100)
    #expect(explanation["parts"].list.map { $0["cause"].string } == ["corrected"])
    #expect(explanation["parts"][0]["events"].list.count == 1)
    #expect(try place.succeed("history", "nps").lines.count == 4)
  }

  @Test func `the clock that heads prints names the cut it was printed at`() throws {
    let place = try Workplace.withLedger()
    try place.recordAnswer("nps=10")
    try place.file("clock.json", try place.succeed("heads", "--json").output)
    let before = try place.score("nps")
    try place.recordAnswer("nps=0")
    let then = try place.score("nps", "--at", "clock:clock.json")
    #expect(then["digest"].string == before["digest"].string)
    #expect(then["rows"][0]["value"].number == 100)
  }

  @Test func `a clock of another ledger is refused, and one that is not held whole is told`() throws
  {
    let place = try Workplace.withLedger()
    try place.succeed("invite", "HN", "-o", "hn.invite")
    try place.succeed("init", "hn.ledger", "--site", "HN", "--invite", "hn.invite")
    try place.succeed("sync", "hn.ledger")
    try place.recordAnswer("nps=10")
    try place.file("clock.json", try place.succeed("heads", "--json").output)
    let ahead = try place.succeed(
      "score", "nps", "--at", "clock:clock.json", "--ledger", "hn.ledger"
    ).output
    #expect(ahead.contains(" of that clock ") && ahead.contains("not held here"))
    let here = try place.succeed("score", "nps", "--at", "clock:clock.json").output
    #expect(!here.contains(" of that clock "))
    let sizes = (1...3).map {
      #"{"log":"0000000000000000000000000000000\#($0)","size":18446744073709551615}"#
    }
    try place.file("huge.json", #"{"heads":[\#(sizes.joined(separator: ","))]}"#)
    let huge = try place.succeed("score", "nps", "--at", "clock:huge.json").output
    #expect(huge.contains("18446744073709551615 events of that clock are not held here"))
    try place.succeed("init", "else.ledger", "--site", "X")
    for command in [
      ["score", "nps", "--at", "clock:clock.json"], ["bundle", "b", "--for", "clock.json"],
    ] {
      let ending = try place.run(command + ["--ledger", "else.ledger"])
      #expect(ending.status == 76)
      #expect(ending.errors.contains("clock.json holds the heads of another ledger"))
    }
  }

  @Test func `a label that begins like a formula is inert in CSV`() throws {
    let place = try Workplace.withLedger()
    try place.recordAnswer("nps=0", "--label", "team==HYPERLINK(\"http://x\",\"y\")")
    let lines = try place.succeed("score", "nps", "--by", "team", "--format", "csv").lines
    #expect(lines[1].hasPrefix("\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",nps,-100,"))
  }

  @Test func `a label cannot move the cursor of a terminal`() throws {
    let place = try Workplace.withLedger()
    try place.recordAnswer("nps=0", "--label", "team=\u{1B}[2Jx")
    let output = try place.succeed("score", "nps", "--by", "team").output
    #expect(!output.contains("\u{1B}"))
    #expect(!(try place.succeed("log").output.contains("\u{1B}")))
  }

  @Test func `the keys of JSON are the same with and without a value`() throws {
    let place = try Workplace.withLedger()
    let empty = try place.score("nps")
    try place.recordAnswer("nps=9")
    let full = try place.score("nps")
    #expect(empty.keys == full.keys)
    #expect(empty["rows"][0].keys == full["rows"][0].keys)
    #expect(full.keys.isSuperset(of: ["metric", "digest", "clock", "rows", "warnings"]))
  }

  @Test func `every metric is listed and can be asked for`() throws {
    let place = try Workplace.withLedger()
    let metrics = try JSONReading(try place.succeed("metrics", "--json").output).list
    #expect(metrics.count > 20)
    for metric in metrics.prefix(3) {
      try place.succeed("score", #require(metric["metric"].string))
    }
  }
}
