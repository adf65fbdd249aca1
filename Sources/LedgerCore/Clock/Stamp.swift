/// The computed order key of an event, in microseconds (DESIGN §2.5): never stored in an ordinary entry, so it
/// needs its own log only, and a cause always has the smaller one.
package enum Stamp {
  /// The stamp of an event that is not an observation.
  package static func next(after previous: Int64, recorded: Instant) -> Int64 {
    max(recorded.microseconds, previous &+ 1)
  }

  /// The stamp of an `observed` event: also above the greatest stamp among the heads it names.
  package static func next(after previous: Int64, recorded: Instant, observing greatest: Int64)
    -> Int64
  {
    max(next(after: previous, recorded: recorded), greatest &+ 1)
  }

  /// The stamp before the first event of a log.
  package static let beforeAll = Int64.min
}
