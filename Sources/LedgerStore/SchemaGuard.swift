import GRDB

/// Keeps a transaction from changing the schema: a table or trigger that is dropped, altered or made comes back with
/// the transaction that did it.
///
/// An authorizer would refuse such a statement sooner, but a connection has one only, and GRDB has set its own by then:
/// it learns from it what statements read and when transactions end, and calls nobody else. So this looks at the
/// counters that SQLite raises with every change of a schema, before each commit. What lies below SQL is refused by
/// `SQLITE_DBCONFIG_DEFENSIVE`; changes of canonical rows are refused by triggers: those of entries are in the schema,
/// those of logs are temporary ones of this connection, so that they are not part of the file.
struct SchemaGuard {
  private let main: Int64
  private let temporary: Int64

  init(_ database: Database) throws {
    main = try Self.version(of: "main", database)
    temporary = try Self.version(of: "temp", database)
  }

  /// - Throws: `StoreError.schemaChanged`, so that the transaction is rolled back.
  func check(_ database: Database) throws {
    guard try SchemaGuard(database).isSame(as: self) else { throw StoreError.schemaChanged }
  }

  /// Guards the rows of the table `log` on this connection.
  static func install(in database: Database) throws {
    try database.execute(
      sql: """
        CREATE TEMP TRIGGER log_is_never_updated BEFORE UPDATE ON main.log
        BEGIN SELECT RAISE(ABORT, 'a log is never renumbered'); END;
        CREATE TEMP TRIGGER log_is_never_deleted BEFORE DELETE ON main.log
        BEGIN SELECT RAISE(ABORT, 'a log is never deleted'); END;
        """)
  }

  private func isSame(as other: SchemaGuard) -> Bool {
    main == other.main && temporary == other.temporary
  }

  private static func version(of schema: String, _ database: Database) throws -> Int64 {
    let statement = try RawStatement(kept: database, "PRAGMA \(schema).schema_version")
    defer { statement.reset() }
    return try statement.step() ? statement.integer(0) : 0
  }
}
