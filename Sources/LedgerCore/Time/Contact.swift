/// That a peer spoke with this ledger itself.
package struct Contact: Hashable, Sendable {
  package let log: LogID
  package let at: Instant
  /// Its wall clock less this one, in microseconds; nil where it did not tell it.
  package let skew: Int64?

  package init(log: LogID, at: Instant, skew: Int64?) {
    self.log = log
    self.at = at
    self.skew = skew
  }

  /// Microseconds of a thousand years: what is more is no time that anybody's clock shows.
  package static let skewMax: Int64 = 1_000 * 31_557_600 * 1_000_000
}

extension Instant {
  /// A peer's clock less this one, in microseconds; nil for a time that no clock shows. A line adds what it takes.
  package func skew(from now: Instant) -> Int64? {
    let (skew, overflows) = microseconds.subtractingReportingOverflow(now.microseconds)
    return overflows || skew.magnitude > Contact.skewMax ? nil : skew
  }
}
