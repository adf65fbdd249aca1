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
}
