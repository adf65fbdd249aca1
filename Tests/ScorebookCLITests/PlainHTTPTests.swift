import Foundation
import TestSupport
import Testing

/// What others could listen in on is plain only where somebody says so, at both ends.
@Suite struct PlainHTTPTests {
  private static let everywhere = "0.0.0.0"

  @Test func `a hub on every address of the machine talks TLS, and no plain HTTP`() throws {
    let place = try Workplace.withLedger()
    let hub = try Served(place, "hq.ledger", [], host: Self.everywhere)
    #expect(hub.url == "https://0.0.0.0:\(hub.port)")
    let answer = try Self.health(of: hub)
    #expect(!answer.contains("HTTP/1.1") && !answer.contains("alive"))
    // Its certificate is for this machine under every name, this one too.
    try place.succeed(
      "invite", "HN", "--url", "https://127.0.0.1:\(hub.port)", "-o", "hn.invite")
    let joined = try place.succeed("join", "hn.invite", "hn.ledger").lines
    #expect(joined.contains("HQ: enrolled HN"))
    #expect(hub.stop() == 0)
  }

  @Test func `it serves plain HTTP where that is asked for, and so does a branch sync`() throws {
    let place = try Workplace.withLedger()
    let hub = try Served(place, "hq.ledger", ["--insecure-http"], host: Self.everywhere)
    #expect(hub.url == "http://0.0.0.0:\(hub.port)")
    let answer = try Self.health(of: hub)
    #expect(answer.hasPrefix("HTTP/1.1 200") && answer.contains("alive"))
    let files = FileManager.default
    #expect(
      !files.fileExists(atPath: place.directory.appending(path: "hq.ledger-tls-key.pem").path()))
    // Not a loopback address, and this machine all the same.
    let plain = try place.fail("invite", "HN", "--url", hub.url, "-o", "hn.invite", status: 64)
    #expect(plain.errors.contains("--insecure-http"))
    try place.succeed("invite", "HN", "--insecure-http", "--url", hub.url, "-o", "hn.invite")
    // Nothing is sent, and nothing made, before somebody has said so at the branch too.
    let listening = try place.fail("join", "hn.invite", "hn.ledger", status: 64)
    #expect(listening.errors.contains("--insecure-http"))
    #expect(!files.fileExists(atPath: place.directory.appending(path: "hn.ledger").path()))
    try place.succeed("join", "hn.invite", "hn.ledger", "--insecure-http")
    try place.recordAnswer("nps=9", "--ledger", "hn.ledger")
    let refused = try place.fail("sync", "--ledger", "hn.ledger", status: 64)
    #expect(refused.errors.contains("--insecure-http"))
    #expect(try place.score("nps")["rows"][0]["n"].number == 0)
    try place.succeed("sync", "--insecure-http", "--ledger", "hn.ledger")
    #expect(try place.score("nps")["rows"][0]["n"].number == 1)
    #expect(hub.stop() == 0)
  }

  @Test func `a certificate is not given to a hub that shows none`() throws {
    let place = try Workplace.withLedger()
    for option in ["--tls-cert", "--tls-key"] {
      let ending = try place.fail("serve", "--insecure-http", option, "hub.pem", status: 64)
      #expect(ending.errors.contains(option) && ending.errors.contains("--insecure-http"))
    }
  }

  /// As behind a proxy that speaks TLS.
  @Test func `it answers for the name that it is told, and for no other one`() throws {
    let place = try Workplace.withLedger()
    let options = ["--insecure-http", "--name", "hub.example"]
    let hub = try Served(place, "hq.ledger", options)
    #expect(hub.url.hasPrefix("http://"))
    for (host, status) in [("hub.example", 200), ("127.0.0.1", 200), ("other.example", 421)] {
      let connection = try RawConnection(port: hub.port)
      connection.send(
        "POST /v3/nonces HTTP/1.1\r\nHost: \(host)\r\nContent-Length: 0\r\n"
          + "Connection: close\r\n\r\n")
      let answer = String(decoding: connection.receive(), as: UTF8.self)
      #expect(answer.hasPrefix("HTTP/1.1 \(status)"), "\(host)")
    }
    #expect(hub.stop() == 0)
  }

  /// What comes back to who asks without TLS.
  private static func health(of hub: Served) throws -> String {
    let connection = try RawConnection(port: hub.port)
    connection.send("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    return String(decoding: connection.receive(), as: UTF8.self)
  }
}
