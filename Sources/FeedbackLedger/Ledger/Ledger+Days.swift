public import LedgerCore
import LedgerStore

extension Ledger {
  /// The instant at which a local day starts: the bound of a window of whole days, which the kept counters answer.
  ///
  /// `timeZone` is an IANA name; nil: the ledger's own.
  ///
  /// - Throws: `LedgerError.unknownTimeZone`.
  public func start(of day: CivilDay, timeZone: String? = nil) throws -> Instant {
    guard let name = timeZone, name != store.zone.name else { return store.zone.start(of: day) }
    guard let zone = ZoneOffsets(iana: name) else { throw LedgerError.unknownTimeZone(name) }
    return zone.start(of: day)
  }
}
