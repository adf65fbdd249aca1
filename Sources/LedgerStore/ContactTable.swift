package import GRDB
package import LedgerCore

/// When each peer last spoke with this ledger, and what it last told of its wall clock.
package struct ContactTable {
  /// What a peer told of its wall clock, and when.
  package struct Told: Hashable, Sendable {
    /// Its clock less this one, in microseconds.
    package let skew: Int64
    package let at: Instant
  }

  private let database: Database

  package init(_ database: Database) {
    self.database = database
  }

  /// `site`: of the peer's log.
  /// `received`: events that it brought.
  package func note(_ contact: Contact, site: String, received: Int) throws {
    let statement = try RawStatement(
      kept: database,
      """
      INSERT INTO contact (log, site, last_us, received) VALUES (?1, ?2, ?3, ?4)
      ON CONFLICT (log) DO UPDATE SET
        site = ?2, last_us = max(last_us, ?3), received = received + ?4
      """)
    statement.bind(contact.log.bytes, at: 1)
    statement.bind(site, at: 2)
    statement.bind(contact.at.microseconds, at: 3)
    statement.bind(Int64(received), at: 4)
    try statement.run()
    guard let skew = contact.skew else { return }
    if let told = try told(by: contact.log), told.at > contact.at { return }
    try LocalSetting.set(
      Array("\(skew) \(contact.at.microseconds)".utf8), named: Self.setting(contact.log),
      in: database)
  }

  /// Nil for a peer that never spoke.
  package func last(of log: LogID) throws -> Instant? {
    let statement = try RawStatement(kept: database, "SELECT last_us FROM contact WHERE log = ?")
    statement.bind(log.bytes, at: 1)
    defer { statement.reset() }
    return try statement.step() ? Instant(microseconds: statement.integer(0)) : nil
  }

  /// Nil for a peer that never told it.
  package func told(by log: LogID) throws -> Told? {
    let bytes = try LocalSetting.bytes(named: Self.setting(log), in: database) ?? []
    let numbers = String(decoding: bytes, as: UTF8.self).split(separator: " ").map { Int64($0) }
    guard numbers.count == 2, let skew = numbers[0], let at = numbers[1],
      skew.magnitude <= Contact.skewMax
    else { return nil }
    return Told(skew: skew, at: Instant(microseconds: at))
  }

  /// The table has no column for it, and a file that was given one would be closed to older programs.
  private static func setting(_ log: LogID) -> String { "clock_skew/\(log)" }
}
