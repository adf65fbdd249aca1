import Foundation
import Testing

/// Who waits for being enrolled, and why.
@Suite struct PendingTests {
  @Test func `a second ledger of one invitation waits until it is approved by its key`() throws {
    let place = try Workplace.withLedger()
    try place.succeed("invite", "SG", "-o", "sg.invite")
    var keys: [String] = []
    for ledger in ["first.ledger", "second.ledger"] {
      let joined = try place.succeed("join", "sg.invite", ledger).lines
      let key = try #require(joined.first { $0.hasPrefix("key ") })
      keys.append(key.dropFirst("key ".count).trimmingCharacters(in: .whitespaces))
      try place.recordAnswer("nps=9", "--ledger", ledger)
      try place.succeed("sync", ledger)
    }
    let waiting = try Self.waiting(place, at: "hq.ledger")
    #expect(waiting.map { $0["site"].string } == ["SG"])
    #expect(waiting.map { $0["key"].string } == [keys[1]])
    #expect(waiting.map { $0["reason"].string } == ["its invitation was used by another log"])
    let pending = try place.site("SG")["pending"].number ?? 0
    #expect(pending > 0)
    #expect(try place.score("nps")["rows"][0]["n"].number == 1)
    #expect(try place.succeed("approve", "SG").output.contains(keys[1]))
    #expect(try place.score("nps")["rows"][0]["n"].number == 2)
    #expect(try place.succeed("sites", "--pending").output == "nobody waits\n")
    #expect(try place.site("SG")["pending"].number == 0)
    try place.succeed("verify")
  }

  @Test func `a new site says of itself that it waits for the authority`() throws {
    let place = try Workplace.withLedger()
    try place.succeed("invite", "HN", "-o", "hn.invite")
    try place.succeed("join", "hn.invite", "hn.ledger")
    let waiting = try Self.waiting(place, at: "hn.ledger")
    #expect(waiting.map { $0["site"].string } == ["HN"])
    #expect(waiting.map { $0["reason"].string } == ["enrolled at the authority's next sync"])
    #expect(try place.site("HN", at: "hn.ledger")["state"].string == "pending")
    try place.succeed("sync", "hn.ledger")
    #expect(try Self.waiting(place, at: "hn.ledger").isEmpty)
    #expect(try place.site("HN", at: "hn.ledger")["state"].string == "ok")
  }

  private static func waiting(_ place: Workplace, at ledger: String) throws -> [JSONReading] {
    try JSONReading(
      place.succeed("sites", "--pending", "--json", "--ledger", ledger).output
    ).list
  }
}
