import LedgerCore
package import LedgerSchema
import LedgerStore
import LedgerSync

/// Texts that entries held here commit to, and that have not come yet: each session asks for them, also when the heads
/// are equal (DESIGN §2.6).
extension Ledger {
  /// Those that this ledger would take; at most as many as one session asks for. Of more, another stretch from second
  /// to second: texts that nobody holds any more must not keep it from asking for the others.
  package func missingTexts() throws -> [Scorebook_V1_TextAddress] {
    try store.read { database, state in
      let table = TextTable(database)
      let logs = state.logs.filter { state.takesTexts(of: $0.id) }
      var missing = try table.missing(of: logs.map(\.number), limit: SyncLimits.missingTextsMax)
      if missing.count == SyncLimits.missingTextsMax {
        let all = try table.missingCount(of: logs.map(\.number))
        let stretches = (all + SyncLimits.missingTextsMax - 1) / SyncLimits.missingTextsMax
        let second = surroundings.now().microseconds.magnitude / 1_000_000
        missing = try table.missing(
          of: logs.map(\.number),
          skipping: Int(second % UInt64(stretches)) * SyncLimits.missingTextsMax,
          limit: SyncLimits.missingTextsMax)
      }
      return try missing.map { missing in
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
  /// - Throws: `SyncRefusal.tooMany` for more than one session may ask for.
  package func forEachBatch(
    ofTexts addresses: [Scorebook_V1_TextAddress], for audience: TextAudience,
    _ body: (Scorebook_V1_Batch) throws -> Void
  ) throws {
    guard addresses.count <= SyncLimits.missingTextsMax else {
      throw SyncRefusal.tooMany(
        what: "texts asked for", got: addresses.count, limit: SyncLimits.missingTextsMax)
    }
    guard !addresses.isEmpty else { return }
    try store.read { database, state in
      var batches = TextBatches(database, state)
      for address in addresses {
        guard let log = LogID(bytes: address.log), audience.includes(textsOf: log, state) else {
          continue
        }
        try batches.add(
          Address(log: log, seq: address.seq), ordinal: Int(address.ordinal), body)
      }
      try batches.finish(body)
    }
  }
}

extension StoreState {
  /// Whether this ledger keeps a log's texts: not those that it was decided it is not given, whoever sends them.
  func takesTexts(of log: LogID) -> Bool {
    guard let membership, let own = ownLog else { return true }
    return !membership.withholdsTexts(of: log, from: own.id)
  }
}
