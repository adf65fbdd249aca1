/// The computed order key of an event, in microseconds (DESIGN §2.5): never stored in an ordinary entry, so it
/// needs its own log only, and a cause always has the smaller one.
package enum Stamp {
  /// The stamp of an event that is not an observation.
  package static func next(after previous: Int64, recorded: Instant) -> Int64 {
    max(recorded.microseconds, follower(of: previous))
  }

  /// The stamp of an `observed` event: also above the greatest stamp among the heads it names.
  package static func next(after previous: Int64, recorded: Instant, observing greatest: Int64)
    -> Int64
  {
    max(next(after: previous, recorded: recorded), follower(of: greatest))
  }

  /// The stamp before the first event of a log.
  package static let beforeAll = Int64.min

  /// Whether an observation may claim that the greatest stamp it has seen is this one.
  ///
  /// Every claim lifts the stamps of all who observe it, and there is no way back down. What honest sites claim is a
  /// stamp of an event that is held, and that one is at most a recorded time, and one more for each event before it.
  /// So no log comes near the end of the numbers in fewer than a thousand million claims.
  ///
  /// `greatestHeld`: the greatest stamp of anything that is held, which the observation may have seen.
  package static func isCredible(_ claim: Int64, greatestHeld: Int64) -> Bool {
    claim <= ordinaryMax || claim <= greatestHeld.addingSaturating(eventsMax)
  }

  /// The greatest claim that nothing has to be held for.
  package static let ordinaryMax = Instant.accepted.upperBound.microseconds + eventsMax

  /// More events than a file holds.
  private static let eventsMax: Int64 = 1 << 32

  private static func follower(of stamp: Int64) -> Int64 { stamp.addingSaturating(1) }
}

extension Int64 {
  /// `other`: not negative.
  fileprivate func addingSaturating(_ other: Int64) -> Int64 {
    let (sum, overflows) = addingReportingOverflow(other)
    return overflows ? .max : sum
  }
}
