package import LedgerCore
package import LedgerSchema

/// An entry with everything that can be known of it without the ledger it comes to: hashed, decoded and projected. Half
/// of the work of appending, and the half that another core can do.
package struct PreparedEntry: Sendable {
  /// The bytes exactly as recorded.
  package let bytes: [UInt8]
  /// The same, decoded; a message of an unknown kind has no body.
  package let event: Scorebook_V1_Event
  /// What it means: itself, or the event that it repeats.
  package let meaning: Scorebook_V1_Event
  /// The entry of a forked log's tail that it repeats.
  package let repeats: TailEntry?
  package let leaf: Digest256
  /// What it was projected with; the appender knows whether that is so.
  let site: String
  let projected: ProjectedEvent

  /// `site`: the site of the entry's log, as the log's first event names it.
  /// `zone`: the zone of the ledger's counters.
  package init(_ bytes: [UInt8], event: Scorebook_V1_Event, site: String, zone: ZoneOffsets) {
    self.bytes = bytes
    self.event = event
    self.site = site
    let repeated = event.repeatedEntry
    meaning = repeated?.event ?? event
    repeats = repeated?.entry
    leaf = MerkleTree.leafHash(bytes)
    projected = Projector(zone: zone).project(meaning, site: site)
  }
}
