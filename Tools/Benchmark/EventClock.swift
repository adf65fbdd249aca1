import FeedbackLedger
import LedgerCore
import Synchronization

/// The time of the event that is being recorded: the benchmark lives in the generator's two years.
final class EventClock: Sendable {
  /// 2024-01-01T00:00:00Z, when the generator's first event may be recorded.
  private static let start: Int64 = 1_704_067_200_000
  private let milliseconds = Mutex<Int64>(start)

  /// Back to the first moment: a new ledger begins before the events that it takes.
  func reset() {
    set(Self.start)
  }

  func set(_ milliseconds: Int64) {
    self.milliseconds.withLock { $0 = milliseconds }
  }

  var now: Instant { Instant(milliseconds: milliseconds.withLock { $0 }) }

  var surroundings: Surroundings {
    Surroundings(now: { self.now }, randomBytes: Surroundings.system.randomBytes)
  }
}
