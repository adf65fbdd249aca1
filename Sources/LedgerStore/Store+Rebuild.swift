package import GRDB
import LedgerCore
import LedgerSchema
import SwiftProtobuf

extension Store {
  /// Whether the derived part was made by another version of this program, or nothing says by which.
  package func needsRebuild() throws -> Bool {
    let own = Array(String(SchemaVersion.derived).utf8)
    // Bytes that are no number are no version of ours either, and the rebuild mends them.
    return try database.read { try LocalSetting.derivedVersion.bytes(in: $0) != own }
  }

  /// Drops everything derived and replays the entries in order of arrival. Equal to the last bit.
  ///
  /// - Returns: the number of events replayed.
  @discardableResult
  package func rebuild() throws -> UInt32 {
    dropCache()
    return try exclusively { database in
      let generation = (try LocalSetting.generation.integer(in: database) ?? 0) + 1
      for table in SchemaText.viewTables {
        try database.execute(sql: "DROP TABLE IF EXISTS \(table)")
      }
      try database.execute(sql: SchemaText.views)
      try LocalSetting.generation.set(generation, in: database)
      try LocalSetting.derivedVersion.set(Int64(SchemaVersion.derived), in: database)
      let count = try replayEntries(database)
      // A hub may serve for months after it.
      database.releasePages()
      return count
    }
  }

  /// Replays into tables that are empty, transaction by transaction as they arrived.
  package func replayEntries(_ database: Database) throws -> UInt32 {
    var state = StoreState(zone: zone)
    state.ledger = try LocalSetting.ledger.bytes(in: database).flatMap { Digest256(bytes: $0) }
    state.genesisLog = try LocalSetting.authorityLog.bytes(in: database).flatMap {
      LogID(bytes: $0)
    }
    try database.forEachRow("SELECT id FROM log ORDER BY number") { row in
      guard let id = LogID(bytes: row.blob(0)) else { throw StoreError.damaged("log id") }
      _ = state.addLog(id)
    }
    let appender = try Appender(database, state: state, storesEntries: false)
    let reader = EntryReader(database)
    try database.forEachArrival(logCount: appender.state.logs.count) { arrival in
      try replay(arrival, reader, into: appender)
    }
    try appender.flush()
    return appender.state.lastPosition
  }

  private func replay(
    _ arrival: Arrival, _ reader: EntryReader, into appender: Appender
  ) throws {
    let log = appender.state.logs[Int(arrival.log)].id
    var count: UInt32 = 0
    try reader.forEachEntry(
      log: arrival.log, seqs: UInt64(arrival.firstSeq)...UInt64(arrival.lastSeq)
    ) { seq, entry in
      guard let event = try? Scorebook_V1_Event(serializedBytes: entry) else {
        throw StoreError.undecodableEntry(Address(log: log, seq: seq))
      }
      try appender.append(
        entry, event: event, log: arrival.log,
        received: Instant(microseconds: arrival.isOwn ? event.recordedUs : arrival.received),
        isOwn: arrival.isOwn)
      count += 1
    }
    guard count == arrival.count else {
      throw StoreError.missingEntry(Address(log: log, seq: UInt64(arrival.firstSeq + count)))
    }
  }
}
