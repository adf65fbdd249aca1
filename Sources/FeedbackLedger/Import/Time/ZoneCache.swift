import Foundation
import LedgerCore

/// The zones of one import, each made once.
struct ZoneCache {
  private var zones: [String: ZoneOffsets] = ["UTC": .utc]

  /// Nil for a name that is no zone.
  mutating func zone(_ identifier: String) -> ZoneOffsets? {
    if let zone = zones[identifier] { return zone }
    let zone = ZoneOffsets(identifier: identifier)
    zones[identifier] = zone
    return zone
  }

  static func isKnown(_ identifier: String) -> Bool {
    identifier == "UTC" || (identifier.contains("/") && TimeZone(identifier: identifier) != nil)
  }
}
