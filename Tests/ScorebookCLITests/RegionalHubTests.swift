import Foundation
import Testing

/// A branch that knows a regional hub only, which syncs upwards with head office: three programs.
@Suite struct RegionalHubTests {
  @Test func `three places whose hubs were both killed agree after a few sessions`() throws {
    var region = try Region()
    try region.join()
    for answer in ["nps=9", "nps=10", "nps=3"] { try region.record(answer) }
    try region.sync("hue.ledger", "south.ledger")
    region.office.kill()
    region.hub.kill()
    try region.record("nps=8")
    try region.expectUnreachable(region.hub, from: "hue.ledger")
    try region.expectUnreachable(region.office, from: "south.ledger")
    try region.restart()
    // Up, and up again; then what was decided above comes down.
    try region.sync("hue.ledger", "south.ledger", "hue.ledger")
    try region.expectSameScore(25, of: 4)
    #expect(region.hub.stop() == 0)
    #expect(region.office.stop() == 0)
  }

  @Test func `a delegate enrols a branch while head office is away, and nothing is lost`() throws {
    var region = try Region()
    region.office.kill()
    let joined = try region.join()
    #expect(joined.contains("south: enrolled hue"))
    try region.record("nps=9")
    try region.sync("hue.ledger")
    try region.expectUnreachable(region.office, from: "south.ledger")
    #expect(try region.answers(at: "south.ledger") == 1)
    #expect(try region.answers(at: "hq.ledger") == 0)
    region.hub.kill()
    try region.restart()
    try region.sync("south.ledger", "hue.ledger")
    try region.expectSameScore(100, of: 1)
    #expect(region.hub.stop() == 0)
    #expect(region.office.stop() == 0)
  }
}

/// Head office has `hq.ledger`, the regional hub `south.ledger`, and the branch `hue.ledger`.
private struct Region {
  private static let ledgers = ["hq.ledger", "south.ledger", "hue.ledger"]
  private static let reachedAt = ["--name", "127.0.0.1"]

  let place: Workplace
  private(set) var office: Served
  private(set) var hub: Served

  /// The regional hub has joined and serves, and the branch is invited to it.
  init() throws {
    let place = try Workplace()
    try place.succeed("init", "hq.ledger", "--site", "hq", "--tz", "Asia/Ho_Chi_Minh")
    let office = try Served(place, "hq.ledger", Self.reachedAt)
    try place.succeed("invite", "south", "--url", office.url, "-o", "south.invite")
    try place.succeed("join", "south.invite", "south.ledger")
    try place.succeed("delegate", "south")
    let hub = try Served(place, "south.ledger", Self.reachedAt)
    try place.succeed(
      "invite", "hue", "--url", hub.url, "--certificate", "south.ledger-tls-cert.pem",
      "-o", "hue.invite")
    // So the regional hub hears that it may enrol, and whom.
    try place.succeed("sync", "--ledger", "south.ledger")
    self.place = place
    self.office = office
    self.hub = hub
  }

  /// - Returns: what the branch is told.
  @discardableResult
  func join() throws -> [String] {
    try place.succeed("join", "hue.invite", "hue.ledger").lines
  }

  func record(_ answer: String) throws {
    try place.recordAnswer(answer, "--ledger", "hue.ledger")
  }

  /// One session after the other, each with the hub that the ledger's invitation named.
  func sync(_ ledgers: String...) throws {
    for ledger in ledgers { try place.succeed("sync", "--once", "--ledger", ledger) }
  }

  /// Both hubs once more, where they were.
  mutating func restart() throws {
    office = try Served(place, "hq.ledger", Self.reachedAt, port: office.port)
    hub = try Served(place, "south.ledger", Self.reachedAt, port: hub.port)
  }

  func answers(at ledger: String) throws -> Double {
    try place.score("nps", "--ledger", ledger)["rows"][0]["n"].number ?? 0
  }

  /// One session fails, with a sentence that names the hub and the code that says: try again.
  func expectUnreachable(
    _ hub: Served, from ledger: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let ending = try place.fail(
      "sync", "--once", "--ledger", ledger, status: 75, sourceLocation: sourceLocation)
    #expect(
      ending.errors.contains("The hub 127.0.0.1:\(hub.port) cannot be reached"),
      "\(ending.errors)", sourceLocation: sourceLocation)
  }

  /// All three print the same lines, with the digest of the cut, and nothing was altered.
  func expectSameScore(
    _ value: Double, of answers: Double, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let printed = try Self.ledgers.map { try place.succeed("score", "nps", "--ledger", $0).output }
    #expect(Set(printed).count == 1, "\(printed)", sourceLocation: sourceLocation)
    let scores = try Self.ledgers.map { try place.score("nps", "--ledger", $0) }
    let digests = Set(scores.map { $0["digest"].string })
    #expect(digests.count == 1 && !digests.contains(nil), sourceLocation: sourceLocation)
    for score in scores {
      let row = score["rows"][0]
      #expect(row["value"].number == value, sourceLocation: sourceLocation)
      #expect(row["n"].number == answers, sourceLocation: sourceLocation)
    }
    for ledger in Self.ledgers {
      let verified = try place.succeed("verify", "--ledger", ledger).lines
      #expect(verified.last == "verified", "\(ledger)", sourceLocation: sourceLocation)
    }
  }
}
