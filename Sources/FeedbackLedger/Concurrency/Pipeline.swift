import Dispatch
import Synchronization

/// Two stages of one work on two cores: what comes in is prepared on another thread, while this one stores what is
/// ready.
///
/// Bounded: the producer waits when so many parts lie ready. Whoever made a part also lets go of it, since freeing
/// costs as much as making.
final class Pipeline<Part: Sendable>: Sendable {
  private struct State {
    /// The newest first, so that taking the oldest one moves nothing.
    var ready: [Part] = []
    var spent: [Part] = []
    var isStopped = false
    var failure: (any Error)?
  }

  private let state = Mutex(State())
  private let isReady = DispatchSemaphore(value: 0)
  private let hasRoom = DispatchSemaphore(value: 0)

  private init(depth: Int) {
    // Not as its first value: a semaphore may not end below that, and a pipeline may end with parts left over.
    for _ in 0..<depth { hasRoom.signal() }
  }

  /// Runs `produce` on another thread, which hands over each part by the function it is given; that returns false when
  /// no more is wanted. `consume` gets them in order on this one.
  ///
  /// `depth`: how many parts may lie ready.
  /// - Throws: what `consume` throws, else what `produce` throws; in both cases the other thread has ended.
  static func run(
    depth: Int, produce: @escaping @Sendable (_ emit: (Part) -> Bool) throws -> Void,
    consume: (Part) throws -> Void
  ) throws {
    let pipeline = Pipeline(depth: depth)
    let group = DispatchGroup()
    DispatchQueue.global(qos: .userInitiated).async(group: group) {
      pipeline.end(Result { try produce { pipeline.emit($0) } })
    }
    defer {
      pipeline.stop()
      group.wait()
    }
    while let part = pipeline.next() {
      try consume(part)
      pipeline.giveBack(part)
    }
    if let failure = pipeline.state.withLock({ $0.failure }) { throw failure }
  }

  // MARK: - The producer's side

  private func emit(_ part: Part) -> Bool {
    hasRoom.wait()
    let (isStopped, spent) = state.withLock { state in
      state.ready.insert(part, at: 0)
      defer { state.spent = [] }
      return (state.isStopped, state.spent)
    }
    isReady.signal()
    withExtendedLifetime(spent) {}
    return !isStopped
  }

  private func end(_ result: Result<Void, any Error>) {
    if case .failure(let error) = result { state.withLock { $0.failure = error } }
    // One signal without a part: the end.
    isReady.signal()
  }

  // MARK: - The consumer's side

  /// Nil at the end.
  private func next() -> Part? {
    isReady.wait()
    let part = state.withLock { $0.ready.popLast() }
    hasRoom.signal()
    return part
  }

  private func giveBack(_ part: Part) {
    state.withLock { $0.spent.append(part) }
  }

  private func stop() {
    state.withLock { $0.isStopped = true }
    // A producer that waits for room goes on, and sees that it shall stop.
    hasRoom.signal()
  }
}
