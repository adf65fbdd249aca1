import Foundation
import Testing

/// A site that is given scores and events, and no texts but its own.
@Suite struct WithholdTests {
  @Test func `a site that is invited without texts counts everything and reads its own`() throws {
    let place = try Workplace.withLedger()
    try Self.join("HN", place)
    try Self.join("DN", place, "--without-text")
    try Self.comment(place)
    try Self.expectOwnOnly(place)
    // Not for ever.
    try place.succeed("withhold", "DN", "--end")
    try Self.expectAll(place)
  }

  @Test func `texts are withheld from a site from here on, and come again when that ends`() throws {
    let place = try Workplace.withLedger()
    for site in ["HN", "DN"] { try Self.join(site, place) }
    try place.fail("withhold", "DN", "--ledger", "HN.ledger", status: 76)
    let said = try place.succeed("withhold", "DN").output
    #expect(said.hasSuffix(" is given its own texts only\n"))
    try place.succeed("sync", "DN.ledger")
    try Self.comment(place)
    try Self.expectOwnOnly(place)
    try place.succeed("withhold", "DN", "--end")
    try Self.expectAll(place)
  }

  private static func join(_ site: String, _ place: Workplace, _ more: String...) throws {
    let invited = try place.run(["invite", site, "-o", "\(site).invite"] + more)
    #expect(invited.status == 0, "\(invited.errors)")
    try place.succeed("join", "\(site).invite", "\(site).ledger")
    try place.succeed("sync", "\(site).ledger")
  }

  /// An answer with a comment at each of the two sites, which both have then heard of.
  private static func comment(_ place: Workplace) throws {
    for site in ["HN", "DN"] {
      try place.recordAnswer(
        "nps=9", "--comment", "of \(site)", "--ledger", "\(site).ledger")
    }
    for site in ["HN", "DN", "HN"] { try place.succeed("sync", "\(site).ledger") }
  }

  private static func expectOwnOnly(_ place: Workplace) throws {
    #expect(try place.site("DN")["texts"].string == "own")
    #expect(try place.site("HN")["texts"].string == "all")
    #expect(try comments(at: "DN.ledger", place) == ["of DN"])
    for ledger in ["hq.ledger", "HN.ledger"] {
      #expect(try comments(at: ledger, place) == ["of DN", "of HN"])
    }
    for ledger in ["hq.ledger", "HN.ledger", "DN.ledger"] {
      #expect(try place.score("nps", "--ledger", ledger)["rows"][0]["n"].number == 2)
      #expect(try place.succeed("verify", "--ledger", ledger).lines.last == "verified")
    }
  }

  /// After a session more, with which what was missed comes.
  private static func expectAll(_ place: Workplace) throws {
    #expect(try comments(at: "DN.ledger", place) == ["of DN"])
    try place.succeed("sync", "DN.ledger")
    #expect(try place.site("DN")["texts"].string == "all")
    #expect(try comments(at: "DN.ledger", place) == ["of DN", "of HN"])
    #expect(try place.succeed("verify", "--ledger", "DN.ledger").lines.last == "verified")
  }

  /// The comments that a ledger can show, sorted.
  private static func comments(at ledger: String, _ place: Workplace) throws -> [String] {
    try place.succeed("log", "--json", "--ledger", ledger).lines.flatMap { line in
      try JSONReading(line)["data"]["texts"].list.compactMap { $0["text"].string }
    }.sorted()
  }
}
