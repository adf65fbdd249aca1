import CLedgerSQLite
import Foundation
package import GRDB
import LedgerSchema

/// Opens ledger files: settings, version checks, schema.
package enum StoreFile {
  /// A new, empty file.
  package static func create(at path: String) throws -> DatabasePool {
    try PrivateFile.create(at: path).close()
    let pool = try makePool(at: path)
    try pool.writeWithoutTransaction { database in
      try createSchema(in: database)
    }
    return pool
  }

  /// The file itself where a symbolic link names it: what lies beside a ledger is found by each of its names.
  package static func resolved(_ path: String) -> String {
    let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path)
    return target == nil ? path : URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  }

  /// An existing file, checked to be a ledger that this version reads.
  package static func open(at path: String) throws -> DatabasePool {
    guard FileManager.default.fileExists(atPath: path) else {
      throw StoreError.missingFile(path: path)
    }
    let pool = try makePool(at: path)
    try pool.read { database in
      let magic = try Int32.fetchOne(database, sql: "PRAGMA application_id") ?? 0
      guard magic == SchemaVersion.applicationID else {
        throw StoreError.notALedger(path: path, found: magic)
      }
      let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
      guard version <= SchemaVersion.canonical else {
        throw StoreError.newerVersion(
          path: path, found: version, supported: SchemaVersion.canonical)
      }
    }
    try pool.writeWithoutTransaction { try SchemaGuard.install(in: $0) }
    return pool
  }

  /// A ledger that lives in memory only, for tests and for what an embedding program wants to try.
  package static func memory() throws -> DatabaseQueue {
    let queue = try DatabaseQueue(configuration: configuration)
    try queue.writeWithoutTransaction { database in
      try createSchema(in: database)
    }
    return queue
  }

  /// GRDB lowers `synchronous` to NORMAL when it turns WAL on, after `prepareDatabase`; an acknowledged event would
  /// then be lost with the power. So it is raised again here, on the connection that writes.
  private static func makePool(at path: String) throws -> DatabasePool {
    let pool = try openPool(at: path)
    try pool.writeWithoutTransaction { database in try requireFullSync(database) }
    return pool
  }

  /// GRDB makes a table and drops it again where the write-ahead log is empty, so that opening writes: under the
  /// ledger's lock like every write, and a failed sync ends the process here too.
  private static func openPool(at path: String) throws -> DatabasePool {
    let log = try? FileManager.default.attributesOfItem(atPath: path + "-wal")
    guard (log?[.size] as? Int ?? 0) == 0 else {
      return try DatabasePool(path: path, configuration: configuration)
    }
    return try SyncFailure.endingProcess {
      try LedgerLock(ledger: path).withLock {
        try DatabasePool(path: path, configuration: configuration)
      }
    }
  }

  private static func requireFullSync(_ database: Database) throws {
    try database.execute(sql: "PRAGMA synchronous = FULL")
    guard try Int.fetchOne(database, sql: "PRAGMA synchronous") == 2 else {
      throw DatabaseError(message: "PRAGMA synchronous is not FULL")
    }
  }

  private static func createSchema(in database: Database) throws {
    try database.execute(
      sql: """
        PRAGMA application_id = \(SchemaVersion.applicationID);
        PRAGMA user_version = \(SchemaVersion.canonical);
        """)
    try database.inTransaction(.immediate) {
      try database.execute(sql: SchemaText.log)
      try database.execute(sql: SchemaText.local)
      try database.execute(sql: SchemaText.views)
      return .commit
    }
    try SchemaGuard.install(in: database)
  }

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.journalMode = .wal
    configuration.busyMode = .timeout(TimeInterval(StoreLimits.busySeconds))
    configuration.maximumReaderCount = 4
    // Values of statements are customers' data; they stay out of error messages.
    configuration.publicStatementArguments = false
    configuration.prepareDatabase { database in
      try harden(database)
    }
    return configuration
  }

  /// On every connection, before any other statement. FULL: an acknowledged event survives power loss.
  private static func harden(_ database: Database) throws {
    guard ledger_sqlite_harden(database.sqliteConnection) == 0 else {
      throw DatabaseError(message: "SQLite refused its own configuration")
    }
    try database.execute(
      sql: """
        PRAGMA trusted_schema = OFF;
        PRAGMA cell_size_check = ON;
        PRAGMA mmap_size = 0;
        PRAGMA temp_store = MEMORY;
        PRAGMA secure_delete = ON;
        PRAGMA recursive_triggers = ON;
        PRAGMA fullfsync = ON;
        PRAGMA checkpoint_fullfsync = ON;
        PRAGMA wal_autocheckpoint = 0;
        PRAGMA journal_size_limit = \(StoreLimits.walBytesMax);
        PRAGMA cache_size = -32768;
        """)
    try requireFullSync(database)
  }
}
