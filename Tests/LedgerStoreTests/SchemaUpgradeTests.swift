import LedgerCore
import LedgerSchema
import LedgerStore
import Testing
import TestSupport

@Suite struct `Files of the first version` {
  private let log = LogID(high: 1, low: 2)

  /// A file as version 1 left it.
  private func first(_ folder: TemporaryFolder) throws -> String {
    let path = folder.path("a.ledger")
    let store = try Store.create(at: path, zone: .utc)
    try store.exclusively { database in
      for sql in [
        "DROP TABLE contact",
        """
        CREATE TABLE contact (
          log BLOB PRIMARY KEY CHECK (length(log) = 16),
          site TEXT NOT NULL, last_us INTEGER NOT NULL, received INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        "INSERT INTO contact VALUES (x'00000000000000010000000000000002', 'HN', 77, 5)",
        "PRAGMA user_version = 1",
      ] {
        try RawStatement(database, sql).run()
      }
    }
    return path
  }

  @Test func `keep their contacts, and are then as a new file is`() throws {
    let folder = try TemporaryFolder()
    let path = try first(folder)
    for _ in 1...2 {
      let store = try Store.open(at: path)
      let contact = try store.read { database, _ in
        #expect(try FileAudit(database).alteredSchema.isEmpty)
        return try ContactTable(database).last(of: log)
      }
      #expect(contact == Contact(at: Instant(microseconds: 77), clockAhead: nil))
    }
    try Store.open(at: path).write { appender in
      let table = try ContactTable(appender.connection)
      let told = Contact(at: Instant(microseconds: 78), clockAhead: -9)
      try table.note(told, log: log, site: "HN", received: 1)
      // Who tells nothing takes nothing back.
      try table.note(
        Contact(at: Instant(microseconds: 79), clockAhead: nil), log: log, site: "HN", received: 0)
      #expect(
        try table.last(of: log) == Contact(at: Instant(microseconds: 79), clockAhead: -9))
    }
  }

  @Test func `are refused by a program of an older version`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.ledger")
    let store = try Store.create(at: path, zone: .utc)
    let next = SchemaVersion.canonical + 1
    try store.exclusively { try RawStatement($0, "PRAGMA user_version = \(next)").run() }
    #expect(
      throws: StoreError.newerVersion(path: path, found: next, supported: SchemaVersion.canonical)
    ) { try Store.open(at: path) }
  }
}
