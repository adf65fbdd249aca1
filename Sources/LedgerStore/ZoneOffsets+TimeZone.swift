import Foundation
package import LedgerCore
import Synchronization

/// Zones that were asked for, by name: a process uses one or two, and each costs thousands of look-ups.
private let knownZones: Mutex<[String: ZoneOffsets]> = Mutex([:])

extension ZoneOffsets {
  /// The offsets of an IANA zone from 1900 to 2100; nil when the system does not know the name.
  ///
  /// Offsets are sampled every ten days and each change is found by halving: no zone changes twice within that time.
  /// Costs a few milliseconds the first time.
  package init?(iana name: String) {
    if let known = knownZones.withLock({ $0[name] }) {
      self = known
      return
    }
    guard let zone = TimeZone(identifier: name) else { return nil }
    let first: Int64 = -2_208_988_800
    let last: Int64 = 4_102_444_800
    let step: Int64 = 10 * 86_400
    func offset(_ second: Int64) -> Int32 {
      Int32(zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(second))))
    }
    var spans = [Span(from: Instant(microseconds: .min), offsetSeconds: offset(first))]
    var low = first
    var current = spans[0].offsetSeconds
    while low < last {
      let high = low + step
      let next = offset(high)
      if next != current {
        let change = Self.firstSecond(after: low, through: high) { offset($0) != current }
        spans.append(Span(from: Instant(milliseconds: change * 1_000), offsetSeconds: next))
        current = next
      }
      low = high
    }
    self.init(name: name, spans: spans)
    let made = self
    knownZones.withLock { $0[name] = made }
  }

  private static func firstSecond(
    after low: Int64, through high: Int64, where isPast: (Int64) -> Bool
  ) -> Int64 {
    var low = low
    var high = high
    while high - low > 1 {
      let middle = (low + high) / 2
      if isPast(middle) {
        high = middle
      } else {
        low = middle
      }
    }
    return high
  }
}
