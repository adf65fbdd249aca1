import Crypto
import FeedbackLedger
import LedgerCore
import LedgerHTTP
import LedgerSchema
import LedgerStore
import LedgerSync
import TestSupport
import Testing

/// What strangers, thieves and bad lines can do to a hub: nothing but be refused.
@Suite struct `A hub among strangers` {
  private let hub: Ledger
  private let branch: Ledger

  init() throws {
    (hub, branch) = try Hub.withBranch(seed: 11)
  }

  /// A whole request, as bytes.
  private func request(
    _ path: String, _ body: [UInt8], to server: Hub, signedBy ledger: Ledger?, nonce: String = "",
    closes: Bool = false
  ) throws -> [UInt8] {
    var fields = [
      (name: "Host", value: "127.0.0.1:\(server.port)"),
      (name: "Content-Digest", value: ContentDigest.value(of: body)),
    ]
    if let ledger {
      let head = RequestHead(
        method: "POST", authority: "127.0.0.1:\(server.port)", target: path, fields: fields)
      fields += try RequestSignature.fields(
        for: head, key: ledger.requestKey(), keyID: ledger.log.description, nonce: nonce,
        created: 0)
    }
    fields.append(("Content-Length", "\(body.count)"))
    if closes { fields.append(("Connection", "close")) }
    let lines = fields.map { "\($0.name): \($0.value)\r\n" }.joined()
    return Array("POST \(path) HTTP/1.1\r\n\(lines)\r\n".utf8) + body
  }

  private func hello() throws -> [UInt8] {
    try Wire.packed([.hello(try branch.holdings().hello)])
  }

  @Test func `an unsigned request is refused, and a signed one taken once`() async throws {
    try await Hub.serving(hub) { server in
      let body = try hello()
      #expect(
        try await server.status(
          of: request(HubPath.hello, body, to: server, signedBy: nil))
          == 401)
      // The hub learns the branch's key.
      try await server.sync(branch)
      let nonce = try await server.freshNonce()
      let signed = try request(HubPath.hello, body, to: server, signedBy: branch, nonce: nonce)
      #expect(try await server.status(of: signed) == 200)
      #expect(try await server.status(of: signed) == 401)
    }
  }

  @Test func `who presents its key next goes on over the same connection`() async throws {
    try await Hub.serving(hub) { server in
      let greetings = try [false, true].map {
        try request(HubPath.hello, hello(), to: server, signedBy: branch, closes: $0)
      }
      let answers = try await Hub.blocking {
        let connection = try RawConnection(port: server.port)
        connection.send(greetings[0] + greetings[1])
        return String(decoding: connection.receive(secondsMax: 60), as: UTF8.self)
      }
      #expect(answers.ranges(of: "HTTP/1.1 401 ").count == 2)
    }
  }

  /// Else its own closing waits for that of the hub, which leaves a refusal some time to arrive.
  @Test func `a refused client that has closed is let go at once`() async throws {
    var limits = HubLimits()
    limits.refusalSeconds = 60
    try await Hub.serving(hub, limits: limits) { server in
      let unsigned = try request(HubPath.hello, hello(), to: server, signedBy: nil)
      let (status, seconds) = try await Hub.blocking {
        let connection = try RawConnection(port: server.port)
        connection.send(unsigned)
        connection.finishSending()
        let start = ContinuousClock.now
        return (connection.status(secondsMax: 30), (ContinuousClock.now - start) / .seconds(1))
      }
      #expect(status == 401)
      #expect(seconds < 25)
    }
  }

  @Test func `a body, path or nonce that was not signed for is refused`() async throws {
    try await Hub.serving(hub) { server in
      try await server.sync(branch)
      let body = try hello()
      for part in 0..<3 {
        let nonce = try await server.freshNonce()
        var signed = try request(
          HubPath.hello, body, to: server, signedBy: branch, nonce: part == 0 ? "x" : nonce)
        if part == 1 { signed[signed.count - 1] ^= 1 }
        if part == 2 {
          let text = "POST \(HubPath.push) "
          signed.replaceSubrange(0..<"POST \(HubPath.hello) ".utf8.count, with: Array(text.utf8))
        }
        #expect(try await server.status(of: signed) == 401, "part \(part)")
      }
    }
  }

  @Test func `another ledger's key does not speak for a log`() async throws {
    let thief = try World(seed: 12, branches: 0).authority
    try await Hub.serving(hub) { server in
      var join = try thief.joining()
      join.log = ProtobufBytes.data(branch.log.bytes)
      let body = try Wire.packed([.join(join)])
      #expect(
        try await server.status(
          of: request(HubPath.join, body, to: server, signedBy: nil))
          == 403)
    }
  }

  @Test func `a revoked log is answered no more`() async throws {
    try await Hub.serving(hub) { server in
      try await server.sync(branch)
      try hub.withRecorder { recorder in
        var revoked = Scorebook_V1_SiteRevoked()
        revoked.log = ProtobufBytes.data(branch.log.bytes)
        revoked.afterSeq = 1
        try recorder.append(.siteRevoked(revoked))
      }
      await #expect(throws: HubError.revoked(branch.log)) { try await server.sync(branch) }
    }
  }

  @Test func `a certificate that is not the invitation's is refused`() async throws {
    let certificate = try HubCertificate.selfSigned(names: ["127.0.0.1"])
    let other = try HubCertificate.selfSigned(names: ["127.0.0.1"])
    let elsewhere = try HubCertificate.selfSigned(names: ["127.0.0.2"])
    try await Hub.serving(hub, certificate) { server in
      for trust in [HubConnection.Trust.certificate(other.certificate), .system] {
        await #expect(throws: HubError.untrusted("127.0.0.1:\(server.port)")) {
          try await server.sync(branch, trust: trust)
        }
      }
    }
    try await Hub.serving(hub, elsewhere) { server in
      await #expect(throws: HubError.untrusted("127.0.0.1:\(server.port)")) {
        try await server.sync(branch)
      }
    }
  }

  @Test func `heads with too many or too large fields end the connection`() async throws {
    try await Hub.serving(hub) { server in
      for head in [
        (0..<1_001).map { "X-\($0): 1\r\n" }.joined(),
        (0..<65).map { "X-\($0): 1\r\n" }.joined(),
        "X: " + String(repeating: "a", count: 17 << 10) + "\r\n",
      ] {
        let bytes = Array("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\(head)\r\n".utf8)
        let code = try await server.status(of: bytes)
        #expect(code != 200)
      }
      // At the limits, the field Host counted in.
      for head in [
        (1..<64).map { "X-\($0): 1\r\n" }.joined(),
        "X: " + String(repeating: "a", count: 15 << 10) + "\r\n", "",
      ] {
        let bytes = Array("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\(head)\r\n".utf8)
        let code = try await server.status(of: bytes)
        #expect(code == 200)
      }
    }
  }

  @Test func `a body without end, or larger than any, is cut off`() async throws {
    try await Hub.serving(hub) { server in
      let endless =
        "POST /v1/join HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"
      let large = "POST /v1/join HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999999\r\n\r\n"
      for head in [endless, large] {
        let sent = try await Hub.blocking {
          let connection = try RawConnection(port: server.port)
          connection.send(head)
          var sent = 0
          let chunk = [UInt8]("10000\r\n".utf8) + [UInt8](repeating: 7, count: 1 << 16) + [13, 10]
          while sent < 1 << 28, connection.send(chunk) { sent += chunk.count }
          return sent
        }
        // The body that is taken, and what two systems hold of a connection between them.
        #expect(sent < 32 << 20)
      }
    }
  }

  @Test func `500 connections that dribble keep no honest session waiting`() async throws {
    var limits = HubLimits()
    // Longer than the honest session may take on a busy machine: had it to wait for the others, it would show.
    limits.idleSeconds = 16
    limits.bodyGraceSeconds = 16
    try await Hub.serving(hub, limits: limits) { server in
      let slow = try await Hub.blocking {
        try (0..<500).map { number in
          let connection = try RawConnection(port: server.port)
          // Half of them never end their head, half their body.
          connection.send(
            number.isMultiple(of: 2)
              ? "POST /v1/hello HTTP/1.1\r\nHo"
              : "POST /v1/join HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4000\r\n\r\nx")
          return connection
        }
      }
      try branch.recordAnswers(10)
      let outcome = try await server.sync(branch)
      #expect(outcome.seconds < 12, "\(outcome.seconds) s")
      try expectEqual(hub, branch)
      let alive = try await Hub.blocking {
        let deadline = ContinuousClock.now + .seconds(60)
        var alive = slow
        while !alive.isEmpty, ContinuousClock.now < deadline {
          // One byte each, and those that were cut off fall away.
          alive = alive.filter { $0.send([97]) }
          _ = alive.first?.receive(secondsMax: 1)
        }
        return alive.count
      }
      #expect(alive == 0)
    }
  }

  @Test func `metrics, health and readiness are for everybody, and name no customer`()
    async throws
  {
    try await Hub.serving(hub) { server in
      try await server.sync(branch)
      for (path, word) in [
        (HubPath.health, "alive"), (HubPath.readiness, "ready"),
        (HubPath.metrics, "scorebook_events{log=\"\(branch.log)\",site=\"branch\"}"),
        (HubPath.metrics, "scorebook_sync_sessions_total"),
        (HubPath.metrics, "scorebook_request_seconds_bucket{le=\"+Inf\"}"),
      ] {
        let text = try await Hub.blocking {
          let connection = try RawConnection(port: server.port)
          connection.send("GET \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
          return String(decoding: connection.receive(), as: UTF8.self)
        }
        #expect(text.hasPrefix("HTTP/1.1 200"))
        #expect(text.contains(word), "\(path)")
      }
    }
  }
}
