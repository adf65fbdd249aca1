import Dispatch
import Synchronization

/// Two stages of one work on two cores: what comes in is prepared on another thread, while this one stores what is
/// ready.
///
/// Bounded: the producer waits when so many parts lie ready. Whoever made a part also lets go of it, since freeing
/// costs as much as making, unless the other one has nothing to do meanwhile.
package final class Pipeline<Part: Sendable>: Sendable {
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
    try run(depth: depth, produce: produce) { parts in
      while let part = try parts.next() { try consume(part) }
    }
  }

  /// The same for who takes several parts together: `drain` asks for one after another on this thread.
  package static func run(
    depth: Int, produce: @escaping @Sendable (_ emit: (Part) -> Bool) throws -> Void,
    drain: (Parts) throws -> Void
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
    try drain(Parts(pipeline))
  }

  /// What the producer makes, in order.
  package final class Parts {
    private let pipeline: Pipeline
    private var taken: [Part] = []
    private var isAtEnd = false

    fileprivate init(_ pipeline: Pipeline) {
      self.pipeline = pipeline
    }

    /// Gives back the parts before, and waits for the next one; nil at the end.
    ///
    /// - Throws: what the producer throws.
    package func next() throws -> Part? {
      pipeline.giveBack(taken)
      taken.removeAll(keepingCapacity: true)
      if !isAtEnd { pipeline.isReady.wait() }
      if let part = take() { return part }
      if let failure = pipeline.state.withLock({ $0.failure }) { throw failure }
      return nil
    }

    /// The next one where it lies ready; nil where it is yet to be made, and at the end, whatever it is: those that
    /// were taken before are whole.
    package func nextIfReady() -> Part? {
      guard !isAtEnd, pipeline.isReady.wait(timeout: .now()) == .success else { return nil }
      return take()
    }

    private func take() -> Part? {
      guard !isAtEnd, let part = pipeline.pop() else {
        isAtEnd = true
        return nil
      }
      taken.append(part)
      return part
    }
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
  ///
  /// - Precondition: `isReady` was waited for.
  private func pop() -> Part? {
    let part = state.withLock { $0.ready.popLast() }
    hasRoom.signal()
    return part
  }

  /// Whoever would only wait lets go of them himself.
  private func giveBack(_ parts: [Part]) {
    state.withLock { state in
      if !state.ready.isEmpty { state.spent.append(contentsOf: parts) }
    }
  }

  private func stop() {
    let unwanted = state.withLock { state in
      state.isStopped = true
      defer { state.ready = [] }
      return state.ready
    }
    // What they hold is free again, before anybody waits for it.
    withExtendedLifetime(unwanted) {}
    // A producer that waits for room goes on, and sees that it shall stop.
    hasRoom.signal()
  }
}
