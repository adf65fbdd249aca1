import Foundation
import TestSupport
import Testing

/// A supervisor ends a hub while a branch brings it a large log.
@Suite struct StoppedHubTests {
  /// Three requests of a session, and a line on which each of them takes a while.
  private static let answers = 250
  private static let bytesPerSecond = 4_000_000

  @Test func `a hub that is told to end during a sync ends with 0 and holds a prefix`() throws {
    let place = try Workplace.withLedger()
    let hub = try Served(place, "hq.ledger", [])
    try place.succeed("invite", "HN", "--url", hub.url, "-o", "hn.invite")
    try place.succeed("join", "hn.invite", "hn.ledger")
    try place.file("lines.jsonl", Samples.longLines(Self.answers))
    try place.succeed("ingest", "lines.jsonl", "--ledger", "hn.ledger")
    let proxy = try CuttingProxy(to: hub.port)
    proxy.setPace(bytesPerSecond: Self.bytesPerSecond)
    let before = try Self.events(at: hub)
    let sync = try Running(
      place,
      ["sync", "http://127.0.0.1:\(proxy.port)", "--once", "--ledger", "hn.ledger"])
    var seen = before
    // Each look waits for the hub's answer.
    while seen == before, sync.isRunning { seen = try Self.events(at: hub) }
    #expect(hub.stop() == 0)
    #expect(sync.wait() == 75)
    let errors = String(decoding: try sync.errors(), as: UTF8.self)
    #expect(errors.contains("cannot be reached"), "\(errors)")
    let (held, all) = (try Self.log(place, "hq.ledger"), try Self.log(place, "hn.ledger"))
    #expect(held.count >= seen && held.count > before && held.count < all.count)
    #expect(held == Array(all.prefix(held.count)))
    #expect(try place.succeed("verify").lines.last == "verified")
    try Self.expectTheRest(place, port: hub.port)
    #expect(proxy.bytes(.up) > 0)
  }

  /// The next session brings what is missing, texts too.
  private static func expectTheRest(_ place: Workplace, port: Int) throws {
    let hub = try Served(place, "hq.ledger", [], port: port)
    try place.succeed("sync", "--ledger", "hn.ledger")
    #expect(hub.stop() == 0)
    let scores = try ["hq.ledger", "hn.ledger"].map { try place.score("nps", "--ledger", $0) }
    for score in scores { #expect(score["rows"][0]["n"].number == Double(answers)) }
    #expect(scores[0]["digest"].string == scores[1]["digest"].string)
    for ledger in ["hq.ledger", "hn.ledger"] {
      let verified = try place.succeed("verify", "--ledger", ledger)
      #expect(verified.output.contains(" \(answers) texts") && verified.lines.last == "verified")
    }
  }

  /// Of the branch, as the hub's own figures say.
  private static func events(at hub: Served) throws -> Int {
    let connection = try RawConnection(port: hub.port)
    connection.send("GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    let page = String(decoding: connection.receive(), as: UTF8.self)
    let line = page.split(whereSeparator: \.isNewline).first {
      $0.hasPrefix("scorebook_events{") && $0.contains("site=\"HN\"")
    }
    return line?.split(separator: " ").last.flatMap { Int($0) } ?? 0
  }

  /// The branch's log, as a ledger holds it.
  private static func log(_ place: Workplace, _ ledger: String) throws -> [String] {
    try place.succeed("log", "--site", "HN", "--ledger", ledger).lines
  }
}
