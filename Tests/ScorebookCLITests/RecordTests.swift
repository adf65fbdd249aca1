import Foundation
import Testing

@Suite struct RecordTests {
  @Test func `an event is printed as its address, and counted`() throws {
    let place = try Workplace.withLedger()
    let address = try place.recordAnswer("nps=9")
    #expect(address.wholeMatch(of: #/[0-9a-f]{32}/2/#) != nil)
    let score = try place.score("nps")
    #expect(score["rows"][0]["value"].number == 100)
    #expect(score["rows"][0]["n"].number == 1)
  }

  @Test func `an address names the response that it opened`() throws {
    let place = try Workplace.withLedger()
    let address = try place.recordAnswer("nps=9")
    try place.succeed(
      "record", "survey-response-corrected", "--subject", address, "--answer", "nps=0",
      "--reason", "data-entry")
    #expect(try place.score("nps")["rows"][0]["value"].number == -100)
    try place.succeed(
      "record", "survey-response-retracted", "--subject", address, "--reason", "test")
    let row = try place.score("nps")["rows"][0]
    #expect(row["value"].isNull)
    #expect(row["n"].number == 0)
  }

  @Test func `an id names the same ticket in two commands`() throws {
    let place = try Workplace.withLedger()
    try place.succeed("record", "ticket-opened", "--subject", "ticket/T-1")
    #expect(try place.score("ticket.backlog")["rows"][0]["value"].number == 1)
    try place.succeed("record", "ticket-resolved", "--subject", "ticket/T-1")
    #expect(try place.score("ticket.backlog")["rows"][0]["value"].number == 0)
  }

  @Test func `an id of its own makes recording twice add nothing`() throws {
    let place = try Workplace.withLedger()
    try place.recordAnswer("nps=9", "--id", "form-1", "--time", "2026-01-02")
    try place.fail(
      "record", "survey-response-submitted", "--answer", "nps=9", "--id", "form-1", "--time",
      "2026-01-02", status: 65)
    #expect(try place.score("nps")["rows"][0]["n"].number == 1)
  }

  @Test func `a test answer and an unknown time are left out where they must be`() throws {
    let place = try Workplace.withLedger()
    try place.recordAnswer("nps=9", "--flag", "test")
    try place.recordAnswer("nps=9", "--time", "unknown")
    #expect(try place.score("nps")["rows"][0]["n"].number == 1)
    #expect(try place.score("nps", "--from", "2020-01-01")["rows"][0]["n"].number == 0)
  }

  @Test(arguments: [
    ("csat=5", "csat.top2"), ("csat=4/1..4", "csat.top2"), ("ces=7", "ces.top3"),
    ("csi:delivery=8", "csi.equal"), ("nps=10", "nps"),
  ])
  func `every kind of answer reaches its score`(answer: String, metric: String) throws {
    let place = try Workplace.withLedger()
    try place.recordAnswer(answer)
    let row = try place.score(metric)["rows"][0]
    let isOtherScale = answer.contains("/")
    #expect(row["n"].number == (isOtherScale ? 0 : 1))
    #expect(row["notes"].list.isEmpty == !isOtherScale)
  }

  @Test(arguments: [
    ["record", "ticket-resolved"], ["record", "survey-response-submitted"],
    ["record", "points-earned"], ["record", "no-such-kind"], ["record", "log-started"],
    ["record", "survey-response-submitted", "--answer", "nps"],
    ["record", "survey-response-submitted", "--answer", "nps=9", "--label", "x"],
    ["record", "survey-response-submitted", "--answer", "nps=9", "--time", "yesterday"],
    ["record", "survey-response-submitted", "--answer", "nps=9", "--data", "[1]"],
    ["record", "survey-response-submitted", "--answer", "nps=9", "--customer", "someone"],
    ["record", "ticket-resolved", "--subject", "T-1"],
  ])
  func `a missing or malformed part is a usage error, and nothing is recorded`(
    arguments: [String]
  ) throws {
    let place = try Workplace.withLedger()
    let ending = try place.run(arguments)
    #expect(ending.status == 64)
    #expect(ending.errors.hasPrefix("scorebook: "))
    #expect(try place.succeed("log").lines.count == 1)
  }

  @Test(arguments: ["nps=11", "nps=-1", "csat=0", "ces=8"])
  func `an answer outside its scale is refused`(answer: String) throws {
    let place = try Workplace.withLedger()
    let ending = try place.fail(
      "record", "survey-response-submitted", "--answer", answer, status: 65)
    #expect(ending.errors.contains("outside its scale"))
  }

  @Test func `a refused customer is not printed`() throws {
    let place = try Workplace.withLedger()
    let ending = try place.fail(
      "record", "survey-response-submitted", "--answer", "nps=9", "--customer",
      "someone@example.org", status: 64)
    #expect(!ending.errors.contains("example.org"))
  }
}
