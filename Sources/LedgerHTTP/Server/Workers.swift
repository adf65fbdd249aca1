import Dispatch
package import LedgerCore
import Synchronization

/// Threads that may block on a ledger, a bounded number at a time, in the order of asking. The loops that serve
/// connections never wait for a disk.
package final class Workers: Sendable {
  /// So many wait already that another one is better sent away.
  package struct Busy: Error {}

  private struct State {
    var running = 0
    /// The next one first.
    var waiting: [CheckedContinuation<Void, any Error>] = []
  }

  private enum Place {
    case free
    case inLine
    case full
  }

  private let runningMax: Int
  private let waitingMax: Int
  private let state = Mutex(State())
  private let queue: DispatchQueue
  private let watch: QuietWatch

  /// `onQuiet`: is called when there has been no work for a while.
  package init(_ limits: HubLimits, onQuiet: @escaping @Sendable () -> Void) {
    runningMax = limits.requestsInWorkMax
    waitingMax = limits.requestsWaitingMax
    let queue = DispatchQueue(label: "scorebook.hub", attributes: .concurrent)
    self.queue = queue
    watch = QuietWatch(
      later: { look in
        queue.asyncAfter(deadline: .now() + .seconds(limits.quietSeconds), execute: look)
      }, onQuiet: onQuiet)
  }

  /// `isWatched`: whether there is no quiet while it runs, nor for a while after it.
  /// - Throws: `Busy`, or what the work throws.
  package func run<T: Sendable>(
    isWatched: Bool = true, _ work: @escaping @Sendable () throws -> T
  ) async throws -> T {
    try await enter()
    if isWatched { watch.workBegins() }
    defer {
      leave()
      if isWatched { watch.workEnds() }
    }
    return try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result { try work() }) }
    }
  }

  private func enter() async throws {
    try await withCheckedThrowingContinuation {
      (continuation: CheckedContinuation<Void, any Error>) in
      // One decision: of those who look first and stand in line later, any number would find the same last place.
      let place: Place = state.withLock { state in
        if state.running < runningMax {
          state.running += 1
          return .free
        }
        guard state.waiting.count < waitingMax else { return .full }
        state.waiting.append(continuation)
        return .inLine
      }
      switch place {
      case .free: continuation.resume()
      case .full: continuation.resume(throwing: Busy())
      case .inLine: break  // `leave` resumes it, and may have done so.
      }
    }
  }

  private func leave() {
    // Whoever waits takes the place as it is; nobody can come in between.
    let next = state.withLock { state in
      guard state.waiting.isEmpty else { return Optional(state.waiting.removeFirst()) }
      state.running -= 1
      return nil
    }
    next?.resume()
  }
}
