package import GRDB
package import LedgerCore

/// When each peer last spoke with this ledger itself.
package struct ContactTable {
  private let database: Database

  package init(_ database: Database) {
    self.database = database
  }

  /// `received`: events that it brought.
  package func note(log: LogID, site: String, at instant: Instant, received: Int) throws {
    let statement = try RawStatement(
      kept: database,
      """
      INSERT INTO contact (log, site, last_us, received) VALUES (?1, ?2, ?3, ?4)
      ON CONFLICT (log) DO UPDATE SET
        site = ?2, last_us = max(last_us, ?3), received = received + ?4
      """)
    statement.bind(log.bytes, at: 1)
    statement.bind(site, at: 2)
    statement.bind(instant.microseconds, at: 3)
    statement.bind(Int64(received), at: 4)
    try statement.run()
  }

  /// Nil for a peer that never did.
  package func last(of log: LogID) throws -> Instant? {
    let statement = try RawStatement(kept: database, "SELECT last_us FROM contact WHERE log = ?")
    statement.bind(log.bytes, at: 1)
    defer { statement.reset() }
    return try statement.step() ? Instant(microseconds: statement.integer(0)) : nil
  }
}
