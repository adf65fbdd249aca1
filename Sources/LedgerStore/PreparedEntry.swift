package import LedgerCore
package import LedgerSchema
import SwiftProtobuf

/// An entry with everything that can be known of it without the ledger it comes to: hashed, decoded and projected. Half
/// of the work of appending, and the half that another core can do.
///
/// Of the decoded message it keeps what appending reads: thousands of these wait for their turn, and a message is many
/// times as large as its bytes.
package struct PreparedEntry: Sendable {
  /// The bytes exactly as recorded.
  package let bytes: [UInt8]
  package let leaf: Digest256
  /// By the wall clock of its site.
  package let recorded: Instant
  /// What it means, itself or the event that it repeats; nil where everything that is read of it is here already.
  package let event: Scorebook_V1_Event?
  /// Nil for an event without texts.
  package let commitments: TextCommitments?
  /// The entry of a forked log's tail that it repeats.
  package let repeats: TailEntry?
  /// What it was projected with; the appender knows whether that is so.
  let site: String
  let projected: ProjectedEvent
  /// The item that it names.
  let item: ItemID?
  /// The source's row that it was made of.
  package let source: SourceKey?

  /// `event`: the bytes, decoded; a message of an unknown kind has no body.
  /// `site`: the site of the entry's log, as the log's first event names it.
  /// `zone`: the zone of the ledger's counters.
  package init(_ bytes: [UInt8], event: Scorebook_V1_Event, site: String, zone: ZoneOffsets) {
    let repeated = event.repeatedEntry
    let meaning = repeated?.event ?? event
    self.bytes = bytes
    self.site = site
    leaf = MerkleTree.leafHash(bytes)
    recorded = Instant(microseconds: event.recordedUs)
    repeats = repeated?.entry
    projected = Projector(zone: zone).project(meaning, site: site)
    self.event = Self.isReadWhole(meaning, projected.row.kind) ? meaning : nil
    let commitments = TextCommitments(meaning)
    self.commitments = commitments.isEmpty ? nil : commitments
    item = ItemID(bytes: meaning.item)
    source = meaning.hasOrigin ? SourceKey(meaning.origin) : nil
  }

  /// The same entry, of another site than it was prepared for.
  func prepared(for site: String, zone: ZoneOffsets) throws -> PreparedEntry {
    let event = try Scorebook_V1_Event(serializedBytes: bytes)
    return PreparedEntry(bytes, event: event, site: site, zone: zone)
  }

  /// What says something of the ledger itself. A fold reads rows, and of everything else nothing is read.
  private static func isReadWhole(_ event: Scorebook_V1_Event, _ kind: RowKind) -> Bool {
    if case .erasureAcknowledged = event.body { return true }
    return kind == .context
  }
}

extension SourceKey {
  /// Nil for a row without an id.
  fileprivate init?(_ origin: Scorebook_V1_Origin) {
    guard !origin.key.isEmpty else { return nil }
    self.init(
      key: ProtobufBytes.array(origin.key), revision: origin.revision,
      content: ProtobufBytes.array(origin.content))
  }
}
