/// The offsets of one IANA zone as data, so that the core can turn instants into local days without a system call:
/// half-open spans, each from its start to the next span's start.
public struct ZoneOffsets: Hashable, Sendable {
  /// One offset and the instant from which it holds.
  public struct Span: Hashable, Sendable {
    /// The first instant of the span.
    public let from: Instant
    /// Seconds east of UTC.
    public let offsetSeconds: Int32

    /// The offset that holds from the instant on.
    public init(from: Instant, offsetSeconds: Int32) {
      self.from = from
      self.offsetSeconds = offsetSeconds
    }
  }

  /// The IANA name.
  public let name: String
  /// Ascending; the first one also holds for everything before it.
  let spans: [Span]

  /// - Precondition: `spans` is not empty and ascends.
  public init(name: String, spans: [Span]) {
    precondition(!spans.isEmpty, "A zone has at least one offset; \(name) has none.")
    precondition(
      zip(spans, spans.dropFirst()).allSatisfy { $0.from < $1.from },
      "Spans of \(name) must ascend.")
    self.name = name
    self.spans = spans
  }

  /// No offset, ever.
  public static let utc = ZoneOffsets(
    name: "UTC", spans: [Span(from: Instant(microseconds: .min), offsetSeconds: 0)])

  /// Seconds east of UTC at the instant. O(log spans).
  public func offsetSeconds(at instant: Instant) -> Int32 {
    spans[index(at: instant)].offsetSeconds
  }

  /// The local calendar day of the instant. A day of 25 hours is one day.
  public func day(of instant: Instant) -> CivilDay {
    let local = instant.microseconds &+ Int64(offsetSeconds(at: instant)) * 1_000_000
    return CivilDay(number: Int32(clamping: local.flooredQuotient(dividingBy: 86_400_000_000)))
  }

  /// The instant at which the local day starts: the earliest instant whose local day is `day` or later.
  public func start(of day: CivilDay) -> Instant {
    let midnight = Int64(day.number) * 86_400_000_000
    let candidates = spans.indices.lazy.map { index -> Instant in
      let instant = Instant(microseconds: midnight - Int64(spans[index].offsetSeconds) * 1_000_000)
      return max(instant, spans[index].from)
    }
    let starts = zip(spans.indices, candidates).lazy.filter { index, instant in
      let next = index + 1 < spans.count ? spans[index + 1].from : Instant(microseconds: .max)
      return instant < next && self.day(of: instant) >= day
    }
    return starts.map(\.1).min() ?? Instant(microseconds: midnight)
  }

  private func index(at instant: Instant) -> Int {
    var low = 0
    var high = spans.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if spans[middle].from <= instant {
        low = middle
      } else {
        high = middle
      }
    }
    return low
  }
}

extension Int64 {
  /// Rounds towards minus infinity; `divisor` > 0.
  func flooredQuotient(dividingBy divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
