import Dispatch
import FeedbackLedger
import Foundation
import LedgerCore
import LedgerHTTP
import LedgerSchema
import LedgerSync
import Logging
import ServiceLifecycle
import TestSupport
import Testing

/// A hub on a free port of this machine.
struct Hub: Sendable {
  let ledger: Ledger
  let port: Int
  let certificate: CertificatePair?
  private let group: ServiceGroup

  /// A ledger that serves, and one that it has enrolled.
  static func withBranch(seed: UInt64) throws -> (hub: Ledger, branch: Ledger) {
    var world = try World(seed: seed, branches: 0)
    let branch = try world.join("branch")
    _ = try branch.sync(with: world.authority)
    return (world.authority, branch)
  }

  /// The same as files in a folder, and the world in which their clocks are; they have not met since.
  static func withBranch(
    seed: UInt64, in folder: TemporaryFolder
  ) throws -> (world: World, branch: Ledger) {
    var world = try World(seed: seed, branches: 0, folder: folder)
    let branch = try world.join("branch", at: folder.path("branch.ledger"))
    return (world, branch)
  }

  /// Serves as long as `body` runs; then stops gracefully.
  @discardableResult
  static func serving<T: Sendable>(
    _ ledger: Ledger, _ certificate: CertificatePair? = nil, clientRoots: String? = nil,
    limits: HubLimits = HubLimits(),
    logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
    onQuiet: @escaping @Sendable () -> Void = {},
    _ body: @escaping @Sendable (Hub) async throws -> T
  ) async throws -> T {
    let (ports, listening) = AsyncStream.makeStream(of: Int.self)
    let configuration = HubServer.Configuration(
      host: "127.0.0.1", port: 0,
      tls: certificate.map { HubTLS(showing: $0, clientRoots: clientRoots) }, limits: limits)
    let server = HubServer(
      ledger, configuration, logger: logger, onListening: { listening.yield($0) },
      onQuiet: onQuiet)
    let group = ServiceGroup(
      configuration: .init(services: [server], logger: logger))
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await group.run() }
      var found = ports.makeAsyncIterator()
      let first = await found.next()
      let port = try #require(first)
      let hub = Hub(ledger: ledger, port: port, certificate: certificate, group: group)
      let result = try await body(hub)
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
      return result
    }
  }

  func stop() async {
    await group.triggerGracefulShutdown()
  }

  func url(port: Int? = nil) -> String {
    "\(certificate == nil ? "http" : "https")://127.0.0.1:\(port ?? self.port)"
  }

  /// One session of a ledger with this hub.
  ///
  /// `port`: of a proxy before it.
  @discardableResult
  func sync(
    _ ledger: Ledger, port: Int? = nil, attempts: Int = 1, trust: HubConnection.Trust? = nil,
    showing own: CertificatePair? = nil
  ) async throws -> HubSync.Outcome {
    let address = try HubAddress(url(port: port))
    let invited = certificate.map { HubConnection.Trust.certificate($0.certificate) }
    let trust = trust ?? invited ?? .system
    return try await Self.blocking {
      let connection = try HubConnection(ledger, to: address, trust: trust, showing: own)
      defer { try? connection.close() }
      return try HubSync(ledger, connection, attemptsMax: attempts).run()
    }
  }

  /// Runs work that waits on a thread of its own: the shared ones serve the hub.
  static func blocking<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(with: Result { try work() }) }
    }
  }
}

extension HubLimits {
  /// Of a hub that has no hand free, and asks to come back later.
  static func busy(retryAfterSeconds: Int) -> HubLimits {
    var limits = HubLimits()
    limits.requestsInWorkMax = 0
    limits.requestsWaitingMax = 0
    limits.retryAfterSeconds = retryAfterSeconds
    return limits
  }
}

extension Ledger {
  /// Records that many promoters.
  @discardableResult
  func recordAnswers(_ count: Int) throws -> [RecordOutcome] {
    try record((0..<count).map { _ in EventDraft(Bodies.response([Bodies.nps(9)])) })
  }

  /// Records that many answers with a text of 64 KiB each, which shrinks little on its way.
  func recordMuch(_ count: Int) throws {
    var random = SplitMix64(seed: 22)
    for _ in 0..<count {
      var draft = EventDraft(Bodies.response([Bodies.nps(9)]))
      let bytes = (0..<(6 << 10)).map { _ in random.next() }.withUnsafeBytes { Data($0) }
      draft.texts = [EventDraft.Text(field: .comment, text: bytes.base64EncodedString())]
      _ = try record([draft])
    }
  }
}

/// Both hold the same, and answer the same.
func expectEqual(
  _ left: Ledger, _ right: Ledger, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  #expect(
    try left.holdings().digest == right.holdings().digest, "cut digests",
    sourceLocation: sourceLocation)
  #expect(
    try StoreCounters(left).kept() == StoreCounters(right).kept(), "scores",
    sourceLocation: sourceLocation)
}
