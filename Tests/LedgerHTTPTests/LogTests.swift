import FeedbackLedger
import Foundation
import LedgerCore
import LedgerHTTP
import LedgerSchema
import LedgerStore
import Logging
import Synchronization
import TestSupport
import Testing

/// What a hub says about itself, to whoever listens or asks.
@Suite struct `What a hub says` {
  private static let comment = "Kanarienvögel-singen-im-Bergwerk-4711"
  private static let customer = "Mitglied-Wellensittich-0815"

  /// More talkative than the program ever is: everything that it and the libraries under it have to say.
  @Test func `logs hold no text and no customer at their most talkative level`() async throws {
    let folder = try TemporaryFolder()
    var world = try World(seed: 61, branches: 0, folder: folder)
    let branch = try world.join("branch", at: folder.path("branch.ledger"))
    let hub = world.authority
    for ledger in [hub, branch] { try Self.record(at: ledger) }
    let told = Told()
    let clock = world.sites[1].clock
    try await Hub.serving(hub, logger: told.logger) { server in
      for _ in 0..<2 { try await server.sync(branch) }
      let twin = try Twin.of(
        branch, named: "twin.ledger", in: folder, surroundings: clock.surroundings)
      // One is refused as a fork, and both send texts.
      for ledger in [branch, twin] { try Self.record(at: ledger) }
      for ledger in [branch, twin, branch] { try await server.sync(ledger) }
      let stranger = try World(seed: 62, branches: 0).authority
      try Self.record(at: stranger)
      await #expect(throws: HubError.self) { try await server.sync(stranger) }
      for request in [Self.comment, Self.customer].flatMap(Self.requests) {
        try await Hub.blocking {
          let connection = try RawConnection(port: server.port)
          connection.send(request)
          _ = connection.receive(secondsMax: 2)
        }
      }
    }
    let lines = told.lines
    #expect(lines.count > 20, "a hub at this level says more")
    #expect(lines.contains { $0.contains("refused") })
    for canary in [Self.comment, Self.customer] {
      for form in [canary, canary.lowercased(), canary.uppercased()] {
        let traces = Traces(of: form)
        for line in lines { #expect(traces.found(in: Array(line.utf8)) == [], "\(line)") }
      }
    }
  }

  /// It is in the path, the fields and the body, and where a number or a request should be.
  private static func requests(_ canary: String) -> [String] {
    let end = "HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    return [
      "GET /\(canary)?\(canary) HTTP/1.1\r\nHost: \(canary)\r\n\(canary): \(canary)\r\n\r\n",
      "POST /v1/hello \(end)Content-Length: 5\r\nSignature: \(canary)\r\n\r\n12345",
      "POST /v1/join \(end)Content-Length: \(canary.utf8.count)\r\n\r\n\(canary)",
      "POST /v1/join \(end)Content-Length: \(canary)\r\n\r\n", "\(canary)\r\n\r\n",
    ]
  }

  @Test func `a fault of its own is told as one, by its kind and its number`() async throws {
    let (hub, branch) = try Hub.withBranch(seed: 64)
    let told = Told()
    try await Hub.serving(hub, logger: told.logger) { server in
      try await server.sync(branch)
      try hub.store.run("DROP TABLE quarantine")
      let answer = try await server.page(HubPath.readiness)
      #expect(answer.hasPrefix("HTTP/1.1 500 "))
    }
    let lines = told.lines.filter { $0.contains("failed \(HubPath.readiness): ") }
    #expect(lines.count == 1)
    #expect(lines.allSatisfy { $0.contains(": internal, SQLite 1 ") })
    #expect(lines.allSatisfy { $0.hasPrefix("error ") && !$0.contains("quarantine") })
  }

  @Test(.timeLimit(.minutes(1)))
  func `a client that hangs up in the middle of its body is not refused`() async throws {
    let (hub, _) = try Hub.withBranch(seed: 65)
    let told = Told()
    try await Hub.serving(hub, logger: told.logger) { server in
      try await Hub.blocking {
        let connection = try RawConnection(port: server.port)
        let head = "POST \(HubPath.join) HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 400\r\n\r\n"
        connection.send("\(head)x")
      }
      // The limit of time ends it where nothing is told.
      while !told.lines.contains(where: { $0.contains("gone before its body was here") }) {
        try await Task.sleep(for: .milliseconds(10))  // Nobody answers who has hung up.
      }
    }
    for word in ["refused", "failed"] {
      #expect(!told.lines.contains { $0.contains("\(word) \(HubPath.join)") })
    }
  }

  /// There is no page; what a browser is shown by mistake is no page either.
  @Test
  func `scenario 24: a script in a comment is inert where a browser shows it`()
    async throws
  {
    let script = "<script>alert(1)</script>"
    var world = try World(seed: 63, branches: 0)
    let branch = try world.join("branch")
    var draft = EventDraft(Bodies.response([Bodies.nps(0)]))
    draft.texts = [EventDraft.Text(field: .comment, text: script)]
    _ = try branch.record([draft])
    let hub = world.authority
    // What metrics name cannot be markup.
    #expect(throws: LedgerError.badSiteName(script)) { try hub.invite(script) }
    try await Hub.serving(hub) { server in
      try await server.sync(branch)
      for path in ["/", "/\(script)", "/metrics", "/metrics?\(script)", "/healthz", "/readyz"] {
        let text = try await Hub.blocking {
          let connection = try RawConnection(port: server.port)
          connection.send("GET \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
          return String(decoding: connection.receive(), as: UTF8.self)
        }
        let head = text.components(separatedBy: "\r\n\r\n")[0].lowercased()
        #expect(!text.contains(script), "\(path)")
        #expect(!text.lowercased().contains("text/html"), "\(path)")
        #expect(head.contains("x-content-type-options: nosniff"), "\(path): \(head)")
        if path == "/metrics" { #expect(head.contains("content-type: text/plain")) }
      }
    }
    // In a line of an export it is a string of JSON.
    var lines: [String] = []
    try hub.forEachEvent(EventFilter(site: branch.site)) { lines.append(try $0.cloudEventLine()) }
    #expect(lines.contains { $0.contains("\"\(script)\"") }, "\(lines)")
  }

  private static func record(at ledger: Ledger) throws {
    var draft = EventDraft(Bodies.response([Bodies.nps(3)]))
    draft.customer = .identifier(namespace: "member", value: customer)
    draft.texts = [EventDraft.Text(field: .comment, text: comment)]
    _ = try ledger.record([draft])
  }
}

/// Keeps what a logger is told, with everything that goes with it.
private final class Told: Sendable {
  private struct Handler: LogHandler {
    let told: Told
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let all = metadata.merging(event.metadata ?? [:]) { $1 }
      let error = event.error.map { "\($0)" } ?? ""
      told.kept.withLock {
        $0.append("\(event.level) \(event.source): \(event.message) \(all) \(error)")
      }
    }
  }

  private let kept = Mutex<[String]>([])

  var lines: [String] { kept.withLock { $0 } }

  var logger: Logger {
    var logger = Logger(label: "test") { _ in Handler(told: self) }
    logger.logLevel = .trace
    return logger
  }
}
