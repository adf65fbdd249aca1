import LedgerCore
package import LedgerSchema
import LedgerStore
import LedgerSync

/// Texts that entries held here commit to, and that have not come yet: each session asks for them, also when the heads
/// are equal (DESIGN §2.6).
extension Ledger {
  /// Those that this ledger would take; at most as many as one session asks for.
  package func missingTexts() throws -> [Scorebook_V1_TextAddress] {
    try store.read { database, state in
      try TextTable(database).missing(limit: SyncLimits.missingTextsMax).map { missing in
        var address = Scorebook_V1_TextAddress()
        address.log = ProtobufBytes.data(try state.log(numbered: Int64(missing.log)).id.bytes)
        address.seq = missing.seq
        address.ordinal = UInt32(missing.ordinal)
        return address
      }
    }
  }

  /// Calls `body` with batches of those texts that are held here; never when none is.
  ///
  /// - Throws: `SyncRefusal.tooLarge` for more than one session may ask for.
  package func forEachBatch(
    ofTexts addresses: [Scorebook_V1_TextAddress], _ body: (Scorebook_V1_Batch) throws -> Void
  ) throws {
    guard addresses.count <= SyncLimits.missingTextsMax else {
      throw SyncRefusal.tooLarge(
        what: "list of texts", got: addresses.count, limit: SyncLimits.missingTextsMax)
    }
    guard !addresses.isEmpty else { return }
    try store.read { database, state in
      var batches = TextBatches(database, state)
      for address in addresses {
        guard let log = LogID(bytes: address.log) else { continue }
        try batches.add(
          Address(log: log, seq: address.seq), ordinal: Int(address.ordinal), body)
      }
      try batches.finish(body)
    }
  }
}
