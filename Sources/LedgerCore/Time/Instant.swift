/// A point in time: microseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
public struct Instant: Hashable, Comparable, Sendable {
  /// Since 1970-01-01T00:00:00Z; negative before it.
  public let microseconds: Int64

  /// The instant that many microseconds after 1970-01-01T00:00:00Z.
  public init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  /// Traps on overflow; the years -290,000 to 294,000 fit.
  public init(milliseconds: Int64) {
    self.init(microseconds: milliseconds * 1_000)
  }

  /// The range that events may claim: the years 1900 to 2261. A source's "never" lies outside it.
  public static let accepted =
    Instant(microseconds: -2_208_988_800_000_000)..<Instant(microseconds: 9_214_646_400_000_000)

  /// The nearest instant that events may claim.
  public var clampedToAccepted: Instant {
    let last = Instant(microseconds: Self.accepted.upperBound.microseconds - 1)
    return min(max(self, Self.accepted.lowerBound), last)
  }

  /// Earlier.
  public static func < (left: Self, right: Self) -> Bool {
    left.microseconds < right.microseconds
  }
}

/// When the customer acted, as the source claims it.
public enum Occurrence: Hashable, Sendable {
  case exact(Instant)
  /// Only the calendar day is known, as the source wrote it down. It is that day in every zone.
  case day(CivilDay)
  /// Belongs to the all-time window only.
  case unknown

  /// Nil when unknown; midnight UTC of a day.
  public var instant: Instant? {
    switch self {
    case .exact(let instant): instant
    case .day(let day): Instant(microseconds: day.utcMidnight)
    case .unknown: nil
    }
  }
}
