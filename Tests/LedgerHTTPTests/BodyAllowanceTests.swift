import FeedbackLedger
import Foundation
import LedgerCore
import LedgerHTTP
import LedgerSchema
import LedgerSync
import Synchronization
import TestSupport
import Testing

/// Bodies of all connections together take no more memory than they may.
@Suite struct `The memory for bodies` {
  private static let logs = (0..<5).map {
    BodyAllowance.Payer.member(LogID(high: 7, low: UInt64($0)))
  }

  /// Four parts of 100 bytes; up to 10 are free.
  private static func small() -> BodyAllowance {
    var limits = HubLimits()
    limits.bodyBytesMax = 400
    limits.bodyBytesPerLogMax = 100
    limits.strangerBytesMax = 10
    return BodyAllowance(limits)
  }

  @Test func `a log has its part and not a byte more`() throws {
    let allowance = Self.small()
    let log = Self.logs[0]
    #expect(throws: BodyAllowance.Exhausted.self) { try allowance.take(101, for: log) }
    let first = try allowance.take(80, for: log)
    #expect(throws: BodyAllowance.Exhausted.self) { try allowance.take(21, for: log) }
    let second = try allowance.take(20, for: log)
    #expect(allowance.bytes == 100)
    for share in [first, second] { share.giveBack() }
    #expect(allowance.bytes == 0)
    try allowance.take(100, for: log).giveBack()
  }

  @Test func `all logs have the whole and not a byte more, and small bodies are free`() throws {
    let allowance = Self.small()
    let shares = try Self.logs.prefix(4).map { try allowance.take(100, for: $0) }
    #expect(allowance.bytes == 400)
    #expect(throws: BodyAllowance.Exhausted.self) { try allowance.take(11, for: Self.logs[4]) }
    for log in Self.logs { try allowance.take(10, for: log).giveBack() }
    #expect(allowance.bytes == 400)
    shares[0].giveBack()
    let last = try allowance.take(100, for: Self.logs[4])
    #expect(allowance.bytes == 400)
    last.giveBack()
    for share in shares { share.giveBack() }
    #expect(allowance.bytes == 0)
  }

  @Test func `what was taken is given back once, at the latest by whoever lets go of it`() throws {
    let allowance = Self.small()
    let kept = try allowance.take(50, for: Self.logs[0])
    let given = try allowance.take(40, for: Self.logs[0])
    for _ in 0..<3 { given.giveBack() }
    #expect(allowance.bytes == 50)
    do { _ = allowance.count(answer: 300, to: Self.logs[1]) }
    #expect(allowance.bytes == 50)
    kept.giveBack()
    #expect(allowance.bytes == 0)
  }

  @Test func `an answer counts without room too, and then nothing large is begun`() throws {
    let allowance = Self.small()
    let logs = Self.logs
    try allowance.expectRoom(for: .batches, to: logs[0])
    let answer = allowance.count(answer: 99, to: logs[0])
    try allowance.expectRoom(for: .batches, to: logs[0])
    let another = allowance.count(answer: 11, to: logs[0])
    // Its own part is taken; that of others is not.
    #expect(throws: BodyAllowance.Exhausted.self) {
      try allowance.expectRoom(for: .batches, to: logs[0])
    }
    try allowance.expectRoom(for: .batches, to: logs[1])
    try allowance.expectRoom(for: .heads, to: logs[0])
    let large = allowance.count(answer: 300, to: logs[2])
    #expect(allowance.bytes == 410)
    #expect(throws: BodyAllowance.Exhausted.self) {
      try allowance.expectRoom(for: .batches, to: logs[1])
    }
    #expect(throws: BodyAllowance.Exhausted.self) { try allowance.take(11, for: logs[1]) }
    // Where the hub stands may be said with one part more.
    try allowance.expectRoom(for: .heads, to: logs[1])
    let more = allowance.count(answer: 90, to: logs[3])
    #expect(throws: BodyAllowance.Exhausted.self) {
      try allowance.expectRoom(for: .heads, to: logs[1])
    }
    for share in [answer, another, large, more] { share.giveBack() }
    #expect(allowance.bytes == 0)
    try allowance.expectRoom(for: .batches, to: logs[0])
  }

  @Test func `the largest body fits into the part of one log, and four parts into the whole`() {
    let limits = HubLimits()
    #expect(limits.bodyBytesPerLogMax >= SyncLimits.exchangeBytesMax)
    #expect(limits.bodyBytesMax >= 4 * limits.bodyBytesPerLogMax)
    // All that is free together needs no more than a part of it.
    #expect(limits.connectionsMax * limits.strangerBytesMax <= limits.bodyBytesMax)
  }

  /// Connections that somebody holds, until he lets go of all of them.
  private final class Held: Sendable {
    private let connections = Mutex<[RawConnection]>([])

    func add(_ connection: RawConnection) {
      connections.withLock { $0.append(connection) }
    }

    func letGo() {
      connections.withLock { $0.removeAll() }
    }
  }

  private static let mebibyte = 1 << 20

  /// Room for the bodies of four logs, a mebibyte each, and nobody is cut off for being slow.
  private static var patient: HubLimits {
    var limits = HubLimits()
    limits.bodyBytesMax = 4 * mebibyte
    limits.bodyBytesPerLogMax = mebibyte
    limits.retryAfterSeconds = 1
    limits.idleSeconds = 600
    limits.bodyGraceSeconds = 600
    return limits
  }

  /// A signed push of a mebibyte, without its last byte.
  private static func heldBack(by ledger: Ledger, at server: Hub) async throws -> RawConnection {
    let body = [UInt8](repeating: 7, count: mebibyte)
    let request = try await server.request(
      HubPath.push, body, for: ledger.log, by: ledger.requestKey())
    return try await Hub.blocking {
      let connection = try RawConnection(port: server.port)
      connection.send(Array(request.dropLast()))
      return connection
    }
  }

  @Test(.timeLimit(.minutes(3)))
  func `who holds bodies back keeps others waiting only while they are there`() async throws {
    var world = try World(seed: 91, branches: 0)
    let holders = try (0..<4).map { try world.join("holder \($0)") }
    let branch = try world.join("branch")
    let hub = world.authority
    let held = Held()
    try await Hub.serving(hub, limits: Self.patient) { server in
      // The hub learns their keys.
      for ledger in holders + [branch] { try await server.sync(ledger) }
      for (number, holder) in holders.enumerated() {
        held.add(try await Self.heldBack(by: holder, at: server))
        let bytes = (number + 1) * Self.mebibyte
        let isTaken = try await server.bodyBytes { $0 == bytes }
        #expect(isTaken, "\(bytes) bytes")
        // Its part is taken, although there is room for others at first. Nothing of the body is waited for.
        let body = [UInt8](repeating: 7, count: 1 << 15)
        let more = try await server.request(
          HubPath.push, body, for: holder.log, by: holder.requestKey())
        let status = try await server.status(of: Array(more.dropLast(body.count)))
        #expect(status == 503)
      }
      try await Self.expectSmallIsAnswered(to: branch, by: server)
      // More than is free, and less than the part of one log.
      try branch.recordMuch(8)
      let failures = try await Self.sync(branch, with: server) { held.letGo() }
      #expect(Set(failures) == [.busy(retryAfterSeconds: 1)])
      try expectEqual(hub, branch)
      let isGivenBack = try await server.bodyBytes { $0 == 0 }
      #expect(isGivenBack)
    }
  }

  /// Whoever has an invitation begins as many logs as he likes.
  @Test(.timeLimit(.minutes(3)))
  func `all who are no members have one part together, and members theirs`() async throws {
    var world = try World(seed: 94, branches: 0)
    let (hub, member) = (world.authority, try world.join("branch"))
    let invitation = try hub.invite("shop", needsApproval: true)
    let strangers = try (0..<4).map { _ in
      try Ledger.create(at: nil, site: "shop", invitation: invitation)
    }
    let held = Held()
    try await Hub.serving(hub, limits: Self.patient) { server in
      for ledger in strangers + [member] { try await server.sync(ledger) }
      held.add(try await Self.heldBack(by: strangers[0], at: server))
      let isTaken = try await server.bodyBytes { $0 == Self.mebibyte }
      #expect(isTaken)
      for stranger in strangers.dropFirst() {
        let body = [UInt8](repeating: 7, count: Self.mebibyte)
        let request = try await server.request(
          HubPath.push, body, for: stranger.log, by: stranger.requestKey())
        let status = try await server.status(of: Array(request.dropLast(body.count)))
        #expect(status == 503)
      }
      try member.recordMuch(8)
      let failures = try await Self.sync(member, with: server) {}
      #expect(failures.isEmpty)
      held.letGo()
    }
    try expectEqual(hub, member)
  }

  /// Where the hub stands is said; events are for later.
  private static func expectSmallIsAnswered(to branch: Ledger, by server: Hub) async throws {
    let address = try HubAddress(server.url())
    try await Hub.blocking {
      let connection = try HubConnection(branch, to: address, trust: .system)
      defer { try? connection.close() }
      let hello = try Wire.packed([.hello(try branch.holdings().hello)])
      _ = try connection.post(HubPath.hello, hello).next("hello", \.asHello)
      let want = try Wire.packed([.want(Scorebook_V1_Want([(server.ledger.log, 1...1)]))])
      #expect(throws: HubError.busy(retryAfterSeconds: 1)) {
        try connection.post(HubPath.pull, want)
      }
    }
  }

  /// - Returns: what was told of each attempt that failed.
  private static func sync(
    _ ledger: Ledger, with server: Hub, afterFailure: @escaping @Sendable () -> Void
  ) async throws -> [HubError] {
    let address = try HubAddress(server.url())
    let failures = Failures()
    try await Hub.blocking {
      let connection = try HubConnection(ledger, to: address, trust: .system)
      defer { try? connection.close() }
      _ = try HubSync(
        ledger, connection, attemptsMax: 5,
        onFailure: { error, _ in
          failures.add(error)
          afterFailure()
        }
      ).run()
    }
    return failures.all
  }

  private final class Failures: Sendable {
    private let told = Mutex<[HubError]>([])
    var all: [HubError] { told.withLock { $0 } }

    func add(_ error: HubError) {
      told.withLock { $0.append(error) }
    }
  }

  @Test(.timeLimit(.minutes(3)))
  func `an answer counts until its connection is gone`() async throws {
    let (hub, branch) = try Hub.withBranch(seed: 92)
    let held = Held()
    var limits = HubLimits()
    limits.stallSeconds = 600
    limits.unsentBytesMax = 16 << 10
    try await Hub.serving(hub, limits: limits) { server in
      // The hub learns the branch's key.
      try await server.sync(branch)
      let first = try hub.holdings().clock[hub.log] + 1
      try hub.recordMuch(40)
      let last = try hub.holdings().clock[hub.log]
      let want = try Wire.packed([.want(Scorebook_V1_Want([(hub.log, first...last)]))])
      let question = try await server.request(
        HubPath.pull, want, for: branch.log, by: branch.requestKey())
      held.add(
        try await Hub.blocking {
          let connection = try RawConnection(port: server.port, receiveBytes: 4_096)
          connection.send(question)
          return connection
        })
      let isCounted = try await server.bodyBytes { $0 > Self.mebibyte }
      #expect(isCounted)
      held.letGo()
      let isGivenBack = try await server.bodyBytes { $0 == 0 }
      #expect(isGivenBack)
      try await server.sync(branch)
      try expectEqual(hub, branch)
    }
  }
}

extension Hub {
  /// Waits until what the hub says that bodies take is as expected, for at most half a minute.
  fileprivate func bodyBytes(_ isExpected: (Int) -> Bool) async throws -> Bool {
    let deadline = ContinuousClock.now + .seconds(30)
    while ContinuousClock.now < deadline {
      let lines = try await page(HubPath.metrics).split(separator: "\n")
      let line = lines.first { $0.hasPrefix("scorebook_body_bytes ") }
      if let bytes = line?.split(separator: " ").last.flatMap({ Int($0) }), isExpected(bytes) {
        return true
      }
      try await Task.sleep(for: .milliseconds(10))  // What others still send has to arrive.
    }
    return false
  }
}
