package import GRDB
package import LedgerCore

/// That a peer spoke with this ledger itself.
package struct Contact: Hashable, Sendable {
  package var at: Instant
  /// Its clock less this one, in microseconds; nil where it did not tell it.
  package var clockAhead: Int64?

  package init(at: Instant, clockAhead: Int64?) {
    self.at = at
    self.clockAhead = clockAhead
  }
}

/// When each peer last spoke with this ledger, and what it said of its clock.
package struct ContactTable {
  private let database: Database

  package init(_ database: Database) {
    self.database = database
  }

  /// `received`: events that it brought.
  package func note(_ contact: Contact, log: LogID, site: String, received: Int) throws {
    let statement = try RawStatement(
      kept: database,
      """
      INSERT INTO contact (log, site, last_us, ahead_us, received) VALUES (?1, ?2, ?3, ?4, ?5)
      ON CONFLICT (log) DO UPDATE SET
        site = ?2, last_us = max(last_us, ?3), ahead_us = coalesce(?4, ahead_us),
        received = received + ?5
      """)
    statement.bind(log.bytes, at: 1)
    statement.bind(site, at: 2)
    statement.bind(contact.at.microseconds, at: 3)
    statement.bind(optional: contact.clockAhead, at: 4)
    statement.bind(Int64(received), at: 5)
    try statement.run()
  }

  /// The last time, and the last word on its clock. Nil for a peer that never spoke.
  package func last(of log: LogID) throws -> Contact? {
    let statement = try RawStatement(
      kept: database, "SELECT last_us, ahead_us FROM contact WHERE log = ?")
    statement.bind(log.bytes, at: 1)
    defer { statement.reset() }
    guard try statement.step() else { return nil }
    return Contact(
      at: Instant(microseconds: statement.integer(0)),
      clockAhead: statement.optionalInteger(1))
  }
}
