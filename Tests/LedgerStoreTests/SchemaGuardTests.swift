import LedgerCore
import LedgerSchema
import LedgerStore
import Testing
import TestSupport

@Suite struct `Canonical tables` {
  @Test(arguments: [
    "DROP TABLE entry", "DROP TABLE log", "DROP TRIGGER entry_is_never_deleted",
    "ALTER TABLE entry ADD COLUMN more TEXT", "ALTER TABLE log RENAME TO logs",
    "CREATE TABLE more (a)",
    "DROP TRIGGER log_is_never_deleted; DELETE FROM log",
  ])
  func `keep their form, whatever a transaction says`(sql: String) throws {
    let folder = try TemporaryFolder()
    for store in [
      try Store.memory(zone: .utc), try Store.create(at: folder.path("a.ledger"), zone: .utc),
    ] {
      let before = try schema(of: store)
      #expect(throws: StoreError.schemaChanged) {
        try store.write { try run(sql, $0) }
      }
      #expect(try schema(of: store) == before)
      try store.write { _ = try $0.number(of: LogID(high: 1, low: 2)) }
    }
  }

  @Test(arguments: [
    ("DELETE FROM log", "never deleted"), ("UPDATE log SET number = 7", "never renumbered"),
    ("UPDATE OR REPLACE log SET id = zeroblob(16)", "never renumbered"),
    ("DELETE FROM entry", "never deleted"), ("UPDATE entry SET bytes = x'00'", "never changed"),
    ("INSERT OR REPLACE INTO entry VALUES (0, 1, 1, x'00')", "never replaced"),
  ])
  func `keep their rows, also after the file was opened again`(sql: String, reason: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.ledger")
    let made = try Store.create(at: path, zone: .utc)
    try made.write { appender in
      let number = try appender.number(of: LogID(high: 1, low: 2))
      try appender.append(
        [0x09, 1, 0, 0, 0, 0, 0, 0, 0], event: .init(), log: number,
        received: Instant(microseconds: 1), isOwn: false)
    }
    for store in [made, try Store.open(at: path)] {
      let error = try #require(throws: (any Error).self) {
        try store.write { try run(sql, $0) }
      }
      #expect("\(error)".contains(reason), "\(error)")
    }
  }

  private func run(_ sql: String, _ appender: Appender) throws {
    for statement in sql.split(separator: ";") {
      try RawStatement(appender.connection, String(statement)).run()
    }
  }

  private func schema(of store: Store) throws -> [String] {
    try store.read { database, _ in
      var texts: [String] = []
      try database.forEachRow("SELECT name || coalesce(sql, '') FROM sqlite_schema ORDER BY name") {
        texts.append($0.text(0))
      }
      return texts
    }
  }
}
