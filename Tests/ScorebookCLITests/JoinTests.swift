import Foundation
import Testing

/// From the invitation to a new key, as people type it.
@Suite struct JoinTests {
  @Test func `a site joins by the invitation's text, waits, is approved, and gives up its key`()
    throws
  {
    let place = try Workplace.withLedger()
    let code = try place.succeed("invite", "HN", "--approval", "--code").lines
    #expect(code.count == 1)
    let joined = try place.succeed("join", code[0], "hn.ledger").lines
    let key = try #require(joined.first { $0.hasPrefix("key ") }).dropFirst(4)
      .trimmingCharacters(in: .whitespaces)
    #expect(joined.contains { $0.hasPrefix("site   HN") })
    try place.recordAnswer("nps=9", "--ledger", "hn.ledger")
    try place.succeed("sync", "hn.ledger")
    #expect((try place.score("nps")["rows"][0]["n"].number ?? 0) == 0)
    let waiting = try place.succeed("sites", "--pending").output
    #expect(waiting.contains(key) && waiting.contains("asks for approval"))
    try place.fail("approve", "HCM", status: 69)
    try place.fail("approve", "HQ", "--ledger", "hn.ledger", status: 76)
    #expect(try place.succeed("approve", "HN").output.contains(key))
    #expect(try place.score("nps")["rows"][0]["n"].number == 1)
    #expect(try place.succeed("sites", "--pending").output == "nobody waits\n")
    let foreign = try place.fail("rotate", "HN", status: 76).errors
    #expect(foreign.contains("only HN can give up its own key"))
    #expect(try place.succeed("rotate", "HN", "--ledger", "hn.ledger").lines.count == 3)
    try place.recordAnswer("nps=10", "--ledger", "hn.ledger")
    try place.succeed("sync", "hn.ledger")
    #expect(try place.score("nps")["rows"][0]["n"].number == 2)
    try place.succeed("delegate", "HN")
    try place.succeed("delegate", "HN", "--end")
    try place.succeed("verify")
    #expect(try place.succeed("evidence").output == "no log here is proven to have forked\n")
    try place.fail("evidence", "-o", "fork.json", status: 69)
    try place.fail("evidence", "--check", "hq.ledger", status: 65)
    try place.fail("join", "nothing.invite", "x.ledger", status: 66)
  }
}
