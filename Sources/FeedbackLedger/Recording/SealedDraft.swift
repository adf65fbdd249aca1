package import LedgerCore
import LedgerSchema
package import LedgerStore
import SwiftProtobuf

/// A draft that is ready to be appended: sealed, checked, encoded and hashed. Making one needs no ledger and no lock,
/// so it can be done beside the appending of those before it.
package struct SealedDraft: Sendable {
  /// A text with the salt that its commitment needs.
  package struct Text: Sendable {
    package var ordinal: Int
    package var salt: [UInt8]
    package var bytes: [UInt8]
  }

  package let entry: PreparedEntry
  package let texts: [Text]
  package let customer: CustomerID?

  /// - Throws: `EventRefusal.tooLong` for more bytes than an entry, a string or a text may have.
  init(
    _ event: Scorebook_V1_Event, texts: [Text] = [], customer: CustomerID? = nil,
    site: String, zone: ZoneOffsets
  ) throws(EventRefusal) {
    let bytes: [UInt8]
    do {
      bytes = try event.entryBytes()
    } catch {
      // Only a missing required field or an unencodable `Any` can fail, and the schema has neither.
      preconditionFailure("An event could not be serialised: \(error)")
    }
    // Room for one repetition inside another event; a repetition itself is not repeated again.
    let isRepetition = event.body.map(EventKind.init) == .forkTailRepeated
    let limit = isRepetition ? EventLimits.entryBytesMax : EventLimits.recordedBytesMax
    guard bytes.count <= limit else {
      throw .tooLong(field: "event", bytes: bytes.count, limit: limit)
    }
    let longest = EventValidation.longestString(of: event, entryBytes: bytes.count)
    try Self.check(longest, "string of an event")
    for text in texts { try Self.check(text.bytes.count, "text") }
    entry = PreparedEntry(bytes, event: event, site: site, zone: zone)
    self.texts = texts
    self.customer = customer
  }

  private static func check(_ bytes: Int, _ field: String) throws(EventRefusal) {
    guard bytes <= EventLimits.stringBytesMax else {
      throw .tooLong(field: field, bytes: bytes, limit: EventLimits.stringBytesMax)
    }
  }
}
