import FeedbackLedger
import LedgerCore
import LedgerHTTP
import LedgerSchema
import TestSupport
import Testing

/// What a request may be at most: answered at the limit, refused one beyond it. And how many may
/// ask at a time.
@Suite struct `The limits of a hub` {
  private let hub: Ledger
  private let branch: Ledger

  init() throws {
    (hub, branch) = try Hub.withBranch(seed: 81)
  }

  @Test func `a head is read up to its fields and bytes, and not one beyond them`() async throws {
    let limits = HubLimits()
    let (fields, bytes) = (limits.headerFieldsMax, limits.headerBytesMax)
    try await Hub.serving(hub, limits: limits) { server in
      for (fieldCount, byteCount, expected) in [
        (fields, bytes, 200), (fields + 1, bytes, 400), (fields, bytes + 1, 400),
        (3, bytes, 200), (3, bytes + 1, 400), (fields + 1, 2_000, 400),
      ] {
        let status = try await server.status(of: Self.head(fields: fieldCount, bytes: byteCount))
        #expect(status == expected, "\(fieldCount) fields, \(byteCount) bytes")
      }
    }
  }

  /// As the parser counts: every field, `Host` too, and the bytes of the target, of names and of
  /// values, without what stands between them.
  private static func head(fields count: Int, bytes: Int) -> [UInt8] {
    let target = HubPath.health
    let last = "Padding"
    var fields = [(name: "Host", value: "x"), (name: "Connection", value: "close")]
    for number in fields.count..<count - 1 { fields.append((name: "X-\(number)", value: "1")) }
    let counted = fields.reduce(target.utf8.count + last.utf8.count) {
      $0 + $1.name.utf8.count + $1.value.utf8.count
    }
    fields.append((name: last, value: String(repeating: "a", count: bytes - counted)))
    let lines = fields.map { "\($0.name): \($0.value)\r\n" }.joined()
    return Array("GET \(target) HTTP/1.1\r\n\(lines)\r\n".utf8)
  }

  /// Of the largest body the hub finds that it holds no frames; of a larger one it needs to know no
  /// more than its size.
  @Test func `a body of the largest size is read, and one of a byte more is not`() async throws {
    let limit = SyncLimits.exchangeBytesMax
    let key = try branch.requestKey()
    try await Hub.serving(hub) { server in
      // The hub learns the branch's key.
      try await server.sync(branch)
      for (size, expected) in [(limit, 400), (limit + 1, 413)] {
        let body = [UInt8](repeating: 7, count: size)
        let whole = try await server.request(HubPath.hello, body, for: branch.log, by: key)
        let request = size > limit ? Array(whole.dropLast(size)) : whole
        #expect(try await server.status(of: request) == expected, "\(size) bytes")
      }
      try await server.sync(branch)
    }
    try expectEqual(hub, branch)
  }

  @Test func `of a stranger's body as much is read as a join needs, and not a byte more`()
    async throws
  {
    let limit = HubLimits().strangerBytesMax
    try await Hub.serving(hub) { server in
      for (size, expected) in [(limit, 400), (limit + 1, 413)] {
        let head =
          "POST \(HubPath.join) HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: \(size)\r\n\r\n"
        let body = [UInt8](repeating: 7, count: size > limit ? 0 : size)
        let status = try await server.status(of: Array(head.utf8) + body)
        #expect(status == expected, "\(size) bytes")
      }
    }
    let longest = String(repeating: "s", count: 64)
    var world = try World(seed: 82, branches: 0)
    let site = try world.join(longest)
    for _ in 0..<SyncLimits.predecessorsMax { try site.startSuccessor(.copied) }
    let join = try site.joining()
    #expect(join.predecessors.count == SyncLimits.predecessorsMax)
    let size = try Wire.packed([.join(join)]).count
    #expect(size < limit, "a join has room")
  }

  @Test func `beyond the keys that a hub remembers, each site presents its own again`() async throws
  {
    var limits = HubLimits()
    limits.requestKeysMax = 1
    var world = try World(seed: 83, branches: 0)
    let sites = [try world.join("one"), try world.join("two")]
    try await Hub.serving(world.authority, limits: limits) { server in
      for site in sites + sites + sites {
        try site.recordAnswers(1)
        try await server.sync(site)
      }
      for site in sites { try await server.sync(site) }
    }
    for site in sites { try expectEqual(world.authority, site) }
  }

  @Test func `where all connections are taken the next one waits, and is served in its turn`()
    async throws
  {
    let count = 3
    var limits = HubLimits()
    limits.connectionsMax = count
    // Only its own client ends a connection here.
    limits.idleSeconds = 600
    try await Hub.serving(hub, limits: limits) { server in
      try await Hub.blocking {
        var taken: [RawConnection] = []
        // One after the other: of those that stand at the door at one moment a few more are let in.
        for _ in 0..<count {
          let connection = try RawConnection(port: server.port)
          connection.send(Self.question(closing: false))
          #expect(connection.status(secondsMax: 2) == 200)
          taken.append(connection)
        }
        let next = try RawConnection(port: server.port)
        next.send(Self.question(closing: true))
        #expect(next.status(secondsMax: 2) == nil, "served beyond the limit")
        taken.removeLast()
        #expect(next.status(secondsMax: 60) == 200)
        var others = try (0..<count).map { _ in try RawConnection(port: server.port) }
        for other in others { other.send(Self.question(closing: true)) }
        taken.removeAll()
        while let first = others.first?.status(secondsMax: 60) {
          #expect(first == 200)
          others.removeFirst()
        }
        #expect(others.isEmpty, "\(others.count) were never served")
      }
    }
  }

  private static func question(closing closes: Bool) -> String {
    "GET \(HubPath.health) HTTP/1.1\r\nHost: 127.0.0.1\r\n\(closes ? "Connection: close\r\n" : "")\r\n"
  }
}
