import Dispatch
import LedgerCore
import Synchronization

/// Threads that may block on a ledger, a bounded number at a time, in the order of asking. The loops that serve
/// connections never wait for a disk.
final class Workers: Sendable {
  /// So many wait already that another one is better sent away.
  struct Busy: Error {}

  private struct State {
    var running = 0
    /// The next one first.
    var waiting: [CheckedContinuation<Void, Never>] = []
    /// How often work has ended with nobody waiting.
    var pauses = 0
    /// Whether somebody will look whether it is quiet.
    var isAwaitingQuiet = false
  }

  private let runningMax: Int
  private let waitingMax: Int
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "scorebook.hub", attributes: .concurrent)
  private let quietSeconds: Int
  private let onQuiet: @Sendable () -> Void

  /// `onQuiet`: is called when there has been no work for a while.
  init(_ limits: HubLimits, onQuiet: @escaping @Sendable () -> Void) {
    runningMax = limits.requestsInWorkMax
    waitingMax = limits.requestsWaitingMax
    quietSeconds = limits.quietSeconds
    self.onQuiet = onQuiet
  }

  /// - Throws: `Busy`, or what the work throws.
  func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
    try await enter()
    defer { leave() }
    return try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result { try work() }) }
    }
  }

  private func enter() async throws {
    let isFull = state.withLock { state in
      state.running >= runningMax && state.waiting.count >= waitingMax
    }
    if isFull { throw Busy() }
    await withCheckedContinuation { continuation in
      let isFree = state.withLock { state in
        guard state.running < runningMax else {
          state.waiting.append(continuation)
          return false
        }
        state.running += 1
        return true
      }
      if isFree { continuation.resume() }
    }
  }

  private func leave() {
    // Whoever waits takes the place as it is; nobody can come in between.
    let (next, pause) = state.withLock { state -> (CheckedContinuation<Void, Never>?, Int?) in
      guard state.waiting.isEmpty else { return (state.waiting.removeFirst(), nil) }
      state.running -= 1
      guard state.running == 0 else { return (nil, nil) }
      state.pauses += 1
      guard !state.isAwaitingQuiet else { return (nil, nil) }
      state.isAwaitingQuiet = true
      return (nil, state.pauses)
    }
    next?.resume()
    if let pause { awaitQuiet(since: pause) }
  }

  /// Looks again as long as there are other pauses: one look is due at a time, however often somebody asks.
  private func awaitQuiet(since pause: Int) {
    queue.asyncAfter(deadline: .now() + .seconds(quietSeconds)) { [weak self] in
      guard let self else { return }
      let (isQuiet, later) = state.withLock { state -> (Bool, Int?) in
        if state.running == 0, state.pauses != pause { return (false, state.pauses) }
        state.isAwaitingQuiet = false
        return (state.running == 0, nil)
      }
      if isQuiet { onQuiet() }
      if let later { awaitQuiet(since: later) }
    }
  }
}
