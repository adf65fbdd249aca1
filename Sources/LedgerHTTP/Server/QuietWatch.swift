import Synchronization

/// Tells when there has been no work for a while. One look is due at a time, however often somebody asks.
package final class QuietWatch: Sendable {
  private struct State {
    var running = 0
    /// How often work has come to an end with no other in work.
    var pauses = 0
    var isLookDue = false
  }

  private let state = Mutex(State())
  private let later: @Sendable (@escaping @Sendable () -> Void) -> Void
  private let onQuiet: @Sendable () -> Void

  /// `later`: runs what it is given when the while is over.
  package init(
    later: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void,
    onQuiet: @escaping @Sendable () -> Void
  ) {
    self.later = later
    self.onQuiet = onQuiet
  }

  package func workBegins() {
    state.withLock { $0.running += 1 }
  }

  package func workEnds() {
    let pause: Int? = state.withLock { state in
      state.running -= 1
      guard state.running == 0 else { return nil }
      state.pauses += 1
      guard !state.isLookDue else { return nil }
      state.isLookDue = true
      return state.pauses
    }
    if let pause { look(since: pause) }
  }

  /// Looks again where there was work meanwhile; what is in work now brings the next look when it ends.
  private func look(since pause: Int) {
    later { [weak self] in
      guard let self else { return }
      let (isQuiet, next) = state.withLock { state -> (Bool, Int?) in
        if state.running == 0, state.pauses != pause { return (false, state.pauses) }
        state.isLookDue = false
        return (state.running == 0, nil)
      }
      if isQuiet { onQuiet() }
      if let next { look(since: next) }
    }
  }
}
