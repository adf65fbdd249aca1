import Foundation
import Testing

@Suite struct KeepingTests {
  @Test func `an untouched ledger verifies, before and after a rebuild`() throws {
    let place = try Workplace.withLedger()
    let address = try place.recordAnswer("nps=9")
    try place.succeed(
      "record", "survey-response-corrected", "--subject", address, "--answer", "nps=0")
    #expect(try place.succeed("verify").lines.last == "verified")
    let before = try place.succeed("score", "nps").output
    try place.succeed("rebuild")
    #expect(try place.succeed("score", "nps").output == before)
    #expect(try place.succeed("verify").lines.last == "verified")
  }

  @Test func `an erased customer's text is nowhere in the file, and the score stands`() throws {
    let place = try Workplace.withLedger()
    let secret = "pineapple-\(UUID().uuidString)"
    try place.recordAnswer("nps=9", "--customer", "email:a@example.org", "--comment", secret)
    let ending = try place.succeed("erase", "email:A@example.org")
    #expect(ending.output.contains("erased 1 customers, deleted 1 texts here"))
    for suffix in ["", "-wal"] {
      let bytes = (try? place.bytes(of: "hq.ledger\(suffix)")) ?? Data()
      #expect(bytes.range(of: Data(secret.utf8)) == nil)
    }
    #expect(try place.score("nps")["rows"][0]["value"].number == 100)
    try place.succeed("verify")
    try place.fail(
      "record", "survey-response-submitted", "--answer", "nps=9", "--customer",
      "email:a@example.org", status: 65)
  }

  @Test func `removing a customer also takes back the answers`() throws {
    let place = try Workplace.withLedger()
    try place.recordAnswer("nps=9", "--customer", "email:a@example.org")
    try place.file("clock.json", try place.succeed("heads", "--json").output)
    try place.succeed("erase", "email:a@example.org", "--mode", "remove")
    #expect(try place.score("nps")["rows"][0]["n"].number == 0)
    let explained = try JSONReading(
      try place.succeed("explain", "nps", "--between", "clock:clock.json", "now", "--json").output)
    #expect(explained["parts"].list.map { $0["cause"].string } == ["erased"])
    try place.succeed("verify")
  }
}
