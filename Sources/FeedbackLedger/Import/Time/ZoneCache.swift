import Foundation
import LedgerCore
import LedgerStore

/// The zones of one import, each made once.
struct ZoneCache {
  private var zones: [String: ZoneOffsets] = ["UTC": .utc]

  /// Nil for a name that is no zone.
  mutating func zone(_ identifier: String) -> ZoneOffsets? {
    if let zone = zones[identifier] { return zone }
    let zone = ZoneOffsets(iana: identifier)
    zones[identifier] = zone
    return zone
  }

  /// `CET` or `GMT+7` are offsets or rules of thumb, though the system knows them: a place is wanted.
  static func isKnown(_ identifier: String) -> Bool {
    identifier == "UTC" || (identifier.contains("/") && TimeZone(identifier: identifier) != nil)
  }
}
