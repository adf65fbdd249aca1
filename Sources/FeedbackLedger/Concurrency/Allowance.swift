import Dispatch
import Synchronization

/// How much of one kind of thing all who share a ledger may have at the same time, whoever they are: what one session
/// has prepared while another one writes only costs memory.
package final class Allowance: Sendable {
  private let free: DispatchSemaphore

  package init(_ count: Int) {
    // Not as its first value: a semaphore may not end below that.
    free = DispatchSemaphore(value: 0)
    for _ in 0..<count { free.signal() }
  }

  /// Leave for one of them.
  package final class Share: Sendable {
    private let free: DispatchSemaphore
    private let isHeld = Mutex(true)

    fileprivate init(_ free: DispatchSemaphore) {
      self.free = free
    }

    /// Once; the last copy that is let go of does it at the latest.
    package func giveBack() {
      let wasHeld = isHeld.withLock { isHeld in
        defer { isHeld = false }
        return isHeld
      }
      if wasHeld { free.signal() }
    }

    deinit { giveBack() }
  }

  /// Waits until there is a share. Whoever holds one must be able to give it back without another one.
  package func next() -> Share {
    free.wait()
    return Share(free)
  }
}
