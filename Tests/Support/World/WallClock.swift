package import FeedbackLedger
package import LedgerCore
import Synchronization

/// A site's wall clock that a test turns: it may be wrong, and it may go back.
package final class WallClock: Sendable {
  private let microseconds: Mutex<Int64>
  private let random: Mutex<SplitMix64>

  /// `seed`: of the random bytes that the site takes from its surroundings.
  package init(_ start: Instant, seed: UInt64) {
    microseconds = Mutex(start.microseconds)
    random = Mutex(SplitMix64(seed: seed))
  }

  /// 2026-03-01T00:00:00Z.
  package static let start = Instant(milliseconds: 1_772_323_200_000)

  /// Every reading is a millisecond after the one before.
  package func now() -> Instant {
    microseconds.withLock { time in
      time += 1_000
      return Instant(microseconds: time)
    }
  }

  /// The time without reading the clock.
  package var time: Instant { Instant(microseconds: microseconds.withLock { $0 }) }

  /// Back, where the seconds are negative.
  package func turn(seconds: Int64) {
    microseconds.withLock { $0 += seconds * 1_000_000 }
  }

  package func set(_ instant: Instant) {
    microseconds.withLock { $0 = instant.microseconds }
  }

  package var surroundings: Surroundings {
    Surroundings(
      now: { self.now() },
      randomBytes: { count in
        self.random.withLock { generator in
          (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        }
      })
  }
}
