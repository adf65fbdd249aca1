import Foundation
package import LedgerCore

extension ZoneOffsets {
  /// The offsets of an IANA zone from 1900 to 2100, as the system's zone data has them; what lies
  /// beyond has the offset of the nearest end. Nil for a name that is not an IANA zone (`UTC` is
  /// one, `CET+1` or `GMT+7` is not).
  ///
  /// Probed week by week, because the system's own "next transition" leaves out changes of standard
  /// time. A pair of changes within one week is not seen. Costs some milliseconds.
  package init?(identifier: String) {
    guard ZoneCache.isKnown(identifier), let zone = TimeZone(identifier: identifier)
    else { return nil }
    let week: Int64 = 604_800
    let first: Int64 = -2_208_988_800
    var spans = [Span(from: Self.instant(first), offsetSeconds: Self.offset(of: zone, at: first))]
    for probe in stride(from: first + week, through: 4_133_980_800, by: Int(week)) {
      let offset = Self.offset(of: zone, at: probe)
      if offset == spans[spans.count - 1].offsetSeconds { continue }
      let change = Self.firstSecond(of: offset, in: (probe - week)..<probe, zone: zone)
      spans.append(Span(from: Self.instant(change), offsetSeconds: offset))
    }
    self.init(name: identifier, spans: spans)
  }

  /// Bisects: at the range's start another offset holds, at its end `offset` does.
  private static func firstSecond(of offset: Int32, in range: Range<Int64>, zone: TimeZone) -> Int64
  {
    var low = range.lowerBound
    var high = range.upperBound
    while high - low > 1 {
      let middle = (low + high) / 2
      if Self.offset(of: zone, at: middle) == offset {
        high = middle
      } else {
        low = middle
      }
    }
    return high
  }

  private static func offset(of zone: TimeZone, at seconds: Int64) -> Int32 {
    Int32(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))))
  }

  private static func instant(_ seconds: Int64) -> Instant {
    Instant(microseconds: seconds * 1_000_000)
  }
}
