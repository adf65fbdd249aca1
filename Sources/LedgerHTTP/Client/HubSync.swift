package import FeedbackLedger
import Foundation
import LedgerCore

/// Sessions with one hub, tried again where that may help.
package struct HubSync: Sendable {
  /// What came of a session, and how long it took.
  package struct Outcome: Sendable {
    package let here: SyncReport
    package let there: SyncReport
    package let seconds: Double
    /// How often it was begun.
    package let attempts: Int
  }

  private let ledger: Ledger
  private let connection: HubConnection
  private let attemptsMax: Int
  private let onProgress: @Sendable (HubPeer.Progress) -> Void
  private let onFailure: @Sendable (HubError, Double) -> Void

  /// `attemptsMax`: of one session, the first one included.
  /// `onFailure`: hears of a failure that is tried again, and after how many seconds.
  package init(
    _ ledger: Ledger, _ connection: HubConnection, attemptsMax: Int = 6,
    onProgress: @escaping @Sendable (HubPeer.Progress) -> Void = { _ in },
    onFailure: @escaping @Sendable (HubError, Double) -> Void = { _, _ in }
  ) {
    self.ledger = ledger
    self.connection = connection
    self.attemptsMax = attemptsMax
    self.onProgress = onProgress
    self.onFailure = onFailure
  }

  /// One session, both ways. Each attempt compares what is really there, so it goes on where the last one broke off.
  ///
  /// - Throws: `HubError`; `SyncRefusal` for what the hub said.
  package func run() throws -> Outcome {
    let start = ContinuousClock.now
    let ((here, there), attempts) = try retrying { try session(with: $0) }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    return Outcome(here: here, there: there, seconds: seconds, attempts: attempts)
  }

  private func session(with peer: HubPeer) throws -> (here: SyncReport, there: SyncReport) {
    var (here, there) = try ledger.sync(withPeer: peer)
    there.note(peer)
    // What this log is not given yet, it cannot know.
    if !peer.isPending, peer.doubt == nil, let log = peer.unknownLog {
      there.refusals.append(.unproven(log: log))
    }
    // Who brought nothing has not been told what waits there: all of it.
    if peer.isPending, there.pending == 0 {
      there.pending = try ledger.heads().first { $0.head.log == ledger.log }?.head.size ?? 0
    }
    return (here, there)
  }

  /// The first half of a session: the hub gets what it lacks, and nothing is asked of it.
  ///
  /// - Throws: as ``run()``.
  package func push() throws -> SyncReport {
    try retrying { peer in
      var there = try peer.receive(everythingFrom: ledger)
      there.note(peer)
      return there
    }.result
  }

  private func retrying<T>(_ body: (HubPeer) throws -> T) throws -> (result: T, attempts: Int) {
    var backoff = Backoff()
    var random = SystemRandomNumberGenerator()
    var attempts = 1
    while true {
      do {
        return (try body(HubPeer(ledger, connection, onProgress: onProgress)), attempts)
      } catch let error as HubError where error.isTransient && attempts < attemptsMax {
        let pause = backoff.next(atLeast: Double(error.retryAfterSeconds), using: &random)
        onFailure(error, pause)
        // Not at once, and not all at once: a busy hub is left alone for as long as it asks.
        Thread.sleep(forTimeInterval: pause)  // Nothing tells when a line or a hub is back.
        attempts += 1
      }
    }
  }
}

extension SyncReport {
  /// What the session showed of the hub itself.
  fileprivate mutating func note(_ peer: HubPeer) {
    if let doubt = peer.doubt { refusals.append(doubt) }
  }
}
