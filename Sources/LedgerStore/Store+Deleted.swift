import Foundation
package import GRDB

/// What was deleted must be nowhere in the ledger's files: neither in the file nor in the write-ahead log.
///
/// SQLite zeroes what it deletes and the pages that it frees (`secure_delete`). But where it moves rows from one page
/// to the next, their old bytes stay between the rows of the first, which nothing clears. So the tables that held what
/// was deleted are written anew, and then the write-ahead log is emptied. What is done is recorded with each step, so
/// that whichever program comes next goes on where one was killed.
package enum DeletedBytes: Int64 {
  /// In the write-ahead log, and in the file where it has not been moved there: a reader of an older state keeps both.
  case inLog = 1
  /// In the log, and in the tables of texts and of settings.
  case inTexts = 2
  /// In the log, and in the table of settings.
  case inSettings = 3

  /// Nil where nothing is left.
  init?(_ database: Database) throws {
    guard let stage = try LocalSetting.deletedBytes.integer(in: database) else { return nil }
    self = DeletedBytes(rawValue: stage) ?? .inTexts
  }

  func set(in database: Database) throws {
    try LocalSetting.deletedBytes.set(rawValue, in: database)
  }

  /// Marks, in the transaction that deletes texts, that their bytes are to go.
  package static func markTexts(in database: Database) throws {
    try inTexts.set(in: database)
  }

  /// The same for keys.
  package static func markKeys(in database: Database) throws {
    if try DeletedBytes(database) != .inTexts { try inSettings.set(in: database) }
  }

  /// The tables that have to be written anew, each with its key.
  fileprivate var tables: [(name: String, key: String)] {
    switch self {
    case .inLog: []
    case .inTexts: [("detached", "log, seq, ordinal"), ("setting", "name")]
    case .inSettings: [("setting", "name")]
    }
  }
}

extension Store {
  /// Between two looks whether the readers have ended.
  private static let lookMicroseconds: UInt32 = 50_000

  /// Whether something that was deleted is still in the ledger's files.
  package func holdsDeleted() throws -> Bool {
    guard path != nil else { return false }
    return try database.read { try DeletedBytes($0) != nil }
  }

  /// Waits until nothing that was deleted is left in the ledger's files, where the transaction that deleted it could
  /// not drop it: for readers of an older state, up to `StoreLimits.busySeconds`. Others may write meanwhile.
  ///
  /// - Returns: whether it is gone. Where a reader or a fault keeps it, it goes with the next transaction that is
  ///   written or when the ledger is opened the next time.
  package func awaitDeleted() throws -> Bool {
    let deadline = ContinuousClock.now + .seconds(StoreLimits.busySeconds)
    while try holdsDeleted() {
      guard ContinuousClock.now < deadline else { return false }
      usleep(Self.lookMicroseconds)  // SQLite tells nobody that a reader has ended.
      guard try dropDeleted() else { return false }
    }
    return true
  }

  /// Drops what was deleted, as far as readers and the disk let it.
  ///
  /// - Returns: false where the disk refused it.
  @discardableResult
  package func dropDeleted() throws -> Bool {
    guard try holdsDeleted() else { return true }
    var isPossible = true
    let isReached = try leavingCommitted { isPossible = try locked { try checkpointIfDue() } }
    return isReached && isPossible
  }

  /// Under the lock. Twice through a table of its own, so that every page that held a row is freed, and thereby zeroed;
  /// rows that come in the order of their keys are never moved.
  func writeTablesAnew(_ deleted: DeletedBytes, _ database: Database) throws {
    guard !deleted.tables.isEmpty else { return }
    try database.inTransaction(.immediate) {
      for (table, key) in deleted.tables {
        try database.execute(
          sql: """
            CREATE TABLE written_anew AS SELECT * FROM \(table) ORDER BY \(key);
            DELETE FROM \(table);
            INSERT INTO \(table) SELECT * FROM written_anew ORDER BY rowid;
            DROP TABLE written_anew;
            """)
      }
      try DeletedBytes.inLog.set(in: database)
      return .commit
    }
  }
}
