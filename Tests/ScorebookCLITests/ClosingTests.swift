import Foundation
import Testing

/// A site has closed, or its laptop was stolen.
@Suite struct ClosingTests {
  @Test func `what a retired site sends late is held and counts nothing`() throws {
    let place = try Workplace.withLedger()
    try place.succeed("invite", "HN", "-o", "hn.invite")
    try place.succeed("join", "hn.invite", "hn.ledger")
    try place.recordAnswer("nps=9", "--ledger", "hn.ledger")
    try place.succeed("sync", "hn.ledger")
    try place.recordAnswer("nps=3", "--ledger", "hn.ledger")
    let retired = try place.succeed("retire", "HN").output
    #expect(retired.hasPrefix("HN: log ") && retired.contains(" ends at "))
    #expect(try place.site("HN")["state"].string == "retired")
    #expect(try place.site("HN")["pending"].number == 0)
    let news = try place.succeed("sync", "hn.ledger").output
    #expect(news.contains("or that end earlier (revoked, retired, forked)"))
    let late = try place.site("HN")["pending"].number ?? 0
    #expect(late > 0)
    for ledger in ["hq.ledger", "hn.ledger"] {
      #expect(try Self.marks(place, ledger) == ["+", "-"])
      let row = try place.score("nps", "--ledger", ledger)["rows"][0]
      #expect(row["n"].number == 1 && row["value"].number == 100)
      #expect(try place.succeed("verify", "--ledger", ledger).lines.last == "verified")
    }
  }

  @Test func `a revoked site counts up to the seq that is named, and is answered no more`() throws {
    let place = try Workplace.withLedger()
    let hub = try Served(place, "hq.ledger", ["--name", "127.0.0.1"])
    try place.succeed("invite", "HN", "--url", hub.url, "-o", "hn.invite")
    try place.succeed("join", "hn.invite", "hn.ledger")
    let addresses = try ["nps=9", "nps=10", "nps=3"].map {
      try place.recordAnswer($0, "--ledger", "hn.ledger")
    }
    try place.succeed("sync", "--ledger", "hn.ledger")
    #expect(try place.score("nps")["rows"][0]["n"].number == 3)
    let last = String(try #require(addresses[1].split(separator: "/").last))
    let beyond = try place.fail("revoke", "HN", "--after", "1000", status: 76)
    #expect(beyond.errors.contains("--after"))
    let revoked = try place.succeed("revoke", "HN", "--after", last).output
    #expect(revoked.hasSuffix(" counts up to \(last)\n"))
    #expect(try Self.marks(place, "hq.ledger") == ["+", "+", "-"])
    let row = try place.score("nps")["rows"][0]
    #expect(row["n"].number == 2 && row["value"].number == 100)
    #expect(try place.site("HN")["state"].string == "revoked")
    let ending = try place.fail("sync", "--once", "--ledger", "hn.ledger", status: 77)
    #expect(ending.errors.contains("it was revoked"))
    #expect(hub.stop() == 0)
    try place.succeed("verify")
  }

  @Test func `only a site that is known can be closed, and not the authority itself`() throws {
    let place = try Workplace.withLedger()
    for command in ["retire", "revoke"] {
      try place.fail(command, "Nowhere", status: 69)
      try place.fail(command, "HQ", status: 76)
    }
    #expect(try place.site("HQ")["state"].string == "ok")
  }

  /// Of the answers of HN, in the order of its log: `+` counts, `-` does not.
  private static func marks(_ place: Workplace, _ ledger: String) throws -> [String] {
    try place.succeed(
      "log", "--site", "HN", "--kind", "survey-response-submitted", "--ledger", ledger
    ).lines.compactMap { $0.split(separator: " ").dropFirst().first.map(String.init) }
  }
}
