import Foundation
import TestSupport
import Testing

/// What customers wrote and who they are stays in ledgers and in what is made to carry it: logs and metrics hold ids.
@Suite struct PrivacyTests {
  private static let comment = "Kanarienvögel-singen-im-Bergwerk-4711"
  private static let customer = "Mitglied-Wellensittich-0815"

  /// Everything that must not be said, as it may be normalised.
  private static let traces = [comment, customer].flatMap { text in
    [text, text.lowercased(), text.uppercased()].map { Traces(of: $0) }
  }

  @Test func `logs and metrics hold no text and no customer, whatever fails`() throws {
    let place = try Workplace.withLedger()
    try Self.record(at: "hq.ledger", place)
    let hub = try Served(place, "hq.ledger", ["--name", "127.0.0.1"])
    try place.succeed("invite", "HN", "--url", hub.url, "-o", "hn.invitation")
    try place.succeed("init", "hn.ledger", "--site", "HN", "--invite", "hn.invitation")
    try place.succeed("init", "else.ledger", "--site", "X")
    for ledger in ["hn.ledger", "else.ledger"] { try Self.record(at: ledger, place) }
    var said: [(what: String, bytes: [UInt8])] = []
    func run(_ what: String, _ arguments: String..., succeeds: Bool = false) throws {
      let ending = try place.run(arguments)
      #expect((ending.status == 0) == succeeds, "\(what): \(ending.errors)")
      said.append((what, Array((ending.output + ending.errors).utf8)))
    }
    try run("a sync", "sync", "--ledger", "hn.ledger", succeeds: true)
    let image = try MachineImage(of: "hn.ledger", in: place)
    try Self.record(at: "hn.ledger", place)
    try run("another sync", "sync", "--ledger", "hn.ledger", succeeds: true)
    try image.putBack(in: place)
    try Self.record(at: "hn.ledger", place)
    try run("a refused batch", "sync", "--ledger", "hn.ledger")
    let own = ["--certificate", "hq.ledger-tls-cert.pem"]
    try run("a stranger", "sync", hub.url, "--once", own[0], own[1], "--ledger", "else.ledger")
    let other = try Served(place, "else.ledger", ["--name", "127.0.0.1"])
    try run(
      "another certificate", "sync", hub.url, "--once", "--certificate", "else.ledger-tls-cert.pem",
      "--ledger", "hn.ledger")
    try run("no trust", "sync", other.url, "--once", "--ledger", "hn.ledger")
    try place.succeed("revoke", "HN")
    try run("a revoked site", "sync", "--once", "--ledger", "hn.ledger")
    // Bytes that are no TLS.
    try Self.send(Array("\(Self.comment)\r\n\(Self.customer)\r\n\r\n".utf8), to: hub.port)
    for served in [hub, other] {
      #expect(served.stop() == 0)
      said.append(("serve", try served.errors() + Array(served.said.utf8)))
    }
    #expect(said.last { $0.what == "serve" }.map { !$0.bytes.isEmpty } == true)
    Self.expectSilence(said)
  }

  @Test func `requests that hold a text or a customer anywhere leave no trace in logs and metrics`()
    throws
  {
    let place = try Workplace.withLedger()
    try Self.record(at: "hq.ledger", place)
    let hub = try Served(place, "hq.ledger", [])
    var said: [(what: String, bytes: [UInt8])] = []
    for canary in [Self.comment, Self.customer] {
      for request in Self.requests(with: canary) {
        let answer = try Self.send(Array(request.utf8), to: hub.port)
        // The answer goes to who asked; still it says nothing back.
        said.append(("answer to \(request.prefix(40))", answer))
      }
    }
    for path in ["/metrics", "/healthz", "/readyz"] {
      let answer = try Self.send(
        Array("GET \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".utf8),
        to: hub.port)
      #expect(String(decoding: answer, as: UTF8.self).hasPrefix("HTTP/1.1 200"), "\(path)")
      said.append((path, answer))
    }
    #expect(hub.stop() == 0)
    let errors = try hub.errors()
    #expect(String(decoding: errors, as: UTF8.self).contains("refused"))
    said.append(("serve", errors + Array(hub.said.utf8)))
    Self.expectSilence(said)
  }

  /// Well formed, malformed, and signed by nobody; the text is in the method, path, query, fields or body.
  private static func requests(with canary: String) -> [String] {
    let base64 = Data(canary.utf8).base64EncodedString()
    let count = canary.utf8.count
    let end = "Host: 127.0.0.1\r\nConnection: close\r\n"
    return [
      "GET /\(canary) HTTP/1.1\r\n\(end)\r\n", "GET /metrics?who=\(canary) HTTP/1.1\r\n\(end)\r\n",
      "\(canary) / HTTP/1.1\r\n\(end)\r\n", "\(canary)\r\n\r\n",
      "GET /healthz HTTP/1.1\r\n\(end)\(canary): \(canary)\r\n\r\n",
      "GET /healthz HTTP/1.1\r\nHost: \(canary)\r\nConnection: close\r\n\r\n",
      "GET /healthz HTTP/\(canary)\r\n\(end)\r\n",
      "POST /v1/hello HTTP/1.1\r\n\(end)Content-Length: \(canary)\r\n\r\n",
      "POST /v1/hello HTTP/1.1\r\n\(end)Transfer-Encoding: \(canary)\r\n\r\n",
      "POST /v1/join HTTP/1.1\r\n\(end)Content-Length: \(count)\r\n\r\n\(canary)",
      "POST /v1/\(canary) HTTP/1.1\r\n\(end)Content-Length: \(count)\r\n\r\n\(canary)",
      "POST /v1/push HTTP/1.1\r\n\(end)Content-Length: \(count)\r\n"
        + "Content-Digest: sha-256=:\(base64):\r\nSignature: s=:\(base64):\r\n"
        + "Signature-Input: s=(\"@method\");keyid=\"\(canary)\";nonce=\"\(canary)\"\r\n\r\n\(canary)",
      "POST /v1/pull HTTP/1.1\r\n\(end)Authorization: Bearer \(canary)\r\nCookie: a=\(canary)\r\n"
        + "Content-Length: 0\r\n\r\n",
    ]
  }

  private static func record(at ledger: String, _ place: Workplace) throws {
    let ending = try place.run([
      "record", "survey-response-submitted", "--answer", "nps=9", "--comment", comment,
      "--customer", "member:\(customer)", "--ledger", ledger,
    ])
    #expect(ending.status == 0, "\(ending.errors)")
    expectSilence([("record", Array((ending.output + ending.errors).utf8))])
  }

  /// - Returns: what came back.
  @discardableResult
  private static func send(_ bytes: [UInt8], to port: Int) throws -> [UInt8] {
    let connection = try RawConnection(port: port)
    connection.send(bytes)
    return connection.receive(secondsMax: 3)
  }

  private static func expectSilence(
    _ said: [(what: String, bytes: [UInt8])], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for (what, bytes) in said {
      let found = traces.flatMap { $0.found(in: bytes) }
      #expect(
        found.isEmpty, "\(what): \(found): \(String(decoding: bytes.suffix(600), as: UTF8.self))",
        sourceLocation: sourceLocation)
    }
  }
}
