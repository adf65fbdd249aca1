import FeedbackLedger
import LedgerCore
import LedgerHTTP
import LedgerSchema
import Synchronization
import TestSupport
import Testing

/// A session that failed is begun again, as long as that may help, and never at once.
@Suite struct `A session that is tried again` {
  private let hub: Ledger
  private let branch: Ledger
  private let failures = Failures()

  init() throws {
    (hub, branch) = try Hub.withBranch(seed: 86)
    try branch.recordAnswers(5)
  }

  /// What was told of each, and the pause after it.
  private final class Failures: Sendable {
    private let told = Mutex<[(error: HubError, pause: Double)]>([])
    var all: [(error: HubError, pause: Double)] { told.withLock { $0 } }

    func add(_ error: HubError, _ pause: Double) {
      told.withLock { $0.append((error, pause)) }
    }
  }

  @Test func `goes on where the line broke, when it is whole again`() async throws {
    try await Hub.serving(hub) { server in
      let proxy = try CuttingProxy(to: server.port)
      proxy.reset(cutting: .up, after: 900)
      let start = ContinuousClock.now
      let outcome = try await sync(with: server, port: proxy.port, attempts: 3) { proxy.reset() }
      #expect(outcome.attempts == 2)
      let pause = try #require(failures.all.first).pause
      #expect(failures.all.count == 1 && (0.5...1.5).contains(pause))
      #expect(ContinuousClock.now - start >= .seconds(pause))
      try expectEqual(hub, branch)
    }
  }

  @Test func `leaves a busy hub alone for as long as it asks, and gives up in the end`()
    async throws
  {
    try await Hub.serving(hub, limits: .busy(retryAfterSeconds: 2)) { server in
      let busy = HubError.busy(retryAfterSeconds: 2)
      await #expect(throws: busy) {
        try await sync(with: server, port: server.port, attempts: 3) {}
      }
      #expect(failures.all.map(\.error) == [busy, busy])
      #expect(failures.all.allSatisfy { $0.pause >= 2 })
    }
  }

  @Test func `speaks for no log that the ledger has left meanwhile`() async throws {
    try await Hub.serving(hub) { server in
      let left = branch.log
      let body = try Wire.packed([.hello(try branch.holdings().hello)])
      try branch.startSuccessor(.rotated)
      let address = try HubAddress(server.url())
      let error = try await Hub.blocking {
        let connection = try HubConnection(branch, to: address, trust: .system)
        defer { try? connection.close() }
        return #expect(throws: HubError.wentOn(from: left)) {
          try connection.post(HubPath.hello, body, from: left)
        }
      }
      #expect(error?.isTransient == true)
      try await server.sync(branch)
      try expectEqual(hub, branch)
    }
  }

  @Test func `is not begun again where that would not help`() async throws {
    let (_, stranger) = try Hub.withBranch(seed: 87)
    try await Hub.serving(hub) { server in
      await #expect(throws: HubError.self) {
        try await sync(with: server, port: server.port, attempts: 3, of: stranger) {}
      }
      #expect(failures.all.isEmpty)
    }
  }

  @discardableResult
  private func sync(
    with server: Hub, port: Int, attempts: Int, of ledger: Ledger? = nil,
    afterFailure: @escaping @Sendable () -> Void
  ) async throws -> HubSync.Outcome {
    let address = try HubAddress(server.url(port: port))
    let (ledger, failures) = (ledger ?? branch, failures)
    return try await Hub.blocking {
      let connection = try HubConnection(ledger, to: address, trust: .system)
      defer { try? connection.close() }
      return try HubSync(
        ledger, connection, attemptsMax: attempts,
        onFailure: { error, pause in
          failures.add(error, pause)
          afterFailure()
        }
      ).run()
    }
  }
}
