package import GRDB
package import LedgerCore

/// Bytes that were refused, kept with the reason.
package struct QuarantineTable {
  private let database: Database

  package init(_ database: Database) {
    self.database = database
  }

  /// How many refusals are kept.
  package func count() throws -> Int {
    try Int.fetchOne(database, sql: "SELECT count(*) FROM quarantine") ?? 0
  }

  /// Bytes kept at the most; what a hostile peer sends beyond that is refused without a copy.
  package static let bytesMax: Int64 = 64 << 20

  package func add(
    reason: String, log: LogID, seq: UInt64, bytes: [UInt8], received: Instant
  ) throws {
    let held =
      try Int64.fetchOne(database, sql: "SELECT coalesce(sum(length(bytes)), 0) FROM quarantine")
      ?? 0
    guard held + Int64(bytes.count) <= Self.bytesMax else { return }
    let statement = try RawStatement(
      database,
      """
      INSERT INTO quarantine (reason, log, seq, bytes, received_us) SELECT ?1, ?2, ?3, ?4, ?5
      WHERE NOT EXISTS (SELECT 1 FROM quarantine WHERE log = ?2 AND seq = ?3 AND bytes = ?4)
      """)
    statement.bind(reason, at: 1)
    statement.bind(log.bytes, at: 2)
    statement.bind(Int64(clamping: seq), at: 3)
    statement.bind(bytes, at: 4)
    statement.bind(received.microseconds, at: 5)
    try statement.run()
  }
}
