import LedgerCore

/// A date and a time of day as a source writes them, before a zone is applied.
struct LocalTime: Hashable {
  var day: CivilDay
  /// Microseconds since the day's midnight on the wall.
  var sinceMidnight: Int64
  /// Seconds east of UTC, where the source states it.
  var offsetSeconds: Int32?
  /// False where the source gives a date only.
  var hasClock: Bool
}

/// What a source says of a moment.
enum Moment: Hashable {
  /// It has not happened, or is not known.
  case none
  case day(CivilDay)
  /// `isShifted`: the stated local time does not exist, a clock change skipped it.
  case exact(Instant, isShifted: Bool)

  /// Microseconds since 1970 UTC; midnight UTC of a day.
  var microseconds: Int64? {
    switch self {
    case .none: nil
    case .day(let day): day.utcMidnight
    case .exact(let instant, _): instant.microseconds
    }
  }

  /// The claim an event carries.
  var occurrence: Occurrence {
    switch self {
    case .none: .unknown
    case .day(let day): .day(day)
    case .exact(let instant, _): .exact(instant)
    }
  }

  var isDay: Bool {
    if case .day = self { true } else { false }
  }

  var isShifted: Bool {
    if case .exact(_, true) = self { true } else { false }
  }
}

extension ZoneOffsets {
  /// The instant of a local time.
  ///
  /// - An hour that occurs twice (clocks go back) is the earlier one.
  /// - An hour that does not occur (clocks go forward) is read with the offset before the change,
  ///   so it lands as much after the change as it claims to lie after it: 02:30 becomes 03:30.
  ///   `isShifted` tells.
  func instant(local microseconds: Int64) -> (instant: Instant, isShifted: Bool) {
    let day: Int64 = 86_400_000_000
    let before = offset(at: microseconds - day)
    let after = offset(at: microseconds + day)
    // The greater offset gives the earlier instant.
    for offset in before == after ? [before] : [max(before, after), min(before, after)] {
      let instant = microseconds - offset
      if instant + self.offset(at: instant) == microseconds {
        return (Instant(microseconds: instant), false)
      }
    }
    return (Instant(microseconds: microseconds - before), true)
  }

  private func offset(at microseconds: Int64) -> Int64 {
    Int64(offsetSeconds(at: Instant(microseconds: microseconds))) * 1_000_000
  }
}
