import Foundation
import GRDB
import GRDBSQLite
import Synchronization

/// The write-ahead log is moved into the file (SQLite's checkpoint, https://sqlite.org/wal.html) under the ledger's
/// lock, like every write; SQLite's own automatic checkpoint runs outside it and is off.
extension Store {
  /// Moves the whole write-ahead log into the file. Waits for all who read, up to `StoreLimits.busySeconds`.
  ///
  /// - Throws: `DatabaseError` also where somebody reads for longer.
  package func checkpoint() throws {
    guard path != nil else { return }
    try locked {
      try database.writeWithoutTransaction { try self.emptyLog($0) }
    }
  }

  /// The same if nobody reads at this moment, for the sake of whoever opens the file next. Fails nothing that was
  /// committed before it.
  package func checkpointIfUnread() throws {
    guard path != nil else { return }
    try leavingCommitted {
      try locked {
        try database.writeWithoutTransaction { try self.emptyLogIfUnread($0) }
      }
    }
  }

  /// After a commit, under the lock: where the log is long, or something was deleted.
  ///
  /// The first time a long log is emptied: SQLite forgets with the last process that has the file open how much of the
  /// log is in the file, so that one which is only moved would grow with every program that records one event. After
  /// that it is moved without being cut, and written again from its beginning; what a reader still needs stays until
  /// the next time.
  ///
  /// - Returns: as ``leavingCommitted(_:)``.
  @discardableResult
  func checkpointIfDue() throws -> Bool {
    guard let path else { return true }
    let isLong = Self.bytes(ofFile: path + "-wal") > StoreLimits.walBytesMax
    return try leavingCommitted {
      try database.writeWithoutTransaction { database in
        let deleted = try DeletedBytes(database)
        if let deleted { try writeTablesAnew(deleted, database) }
        if deleted != nil || (isLong && !hasEmptiedLog.withLock { $0 }) {
          try emptyLogIfUnread(database)
        } else if isLong {
          _ = try database.checkpoint(.passive)
        }
      }
    }
  }

  /// What was committed is in the log, which is kept whole where moving it fails: an error would say that it is not
  /// there. The next time tries again, and a log that cannot grow any more fails its writer. A failed sync is no such
  /// error; it ends the process.
  ///
  /// - Returns: false where the disk refused it: to wait for others would not help.
  @discardableResult
  func leavingCommitted(_ body: () throws -> Void) throws -> Bool {
    do {
      try body()
      return true
    } catch let error as DatabaseError
      where !SyncFailure.isMeant(by: error.extendedResultCode.rawValue)
    {
      return [.SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode)
    } catch StoreError.locked {
      return true
    }
  }

  private func emptyLogIfUnread(_ database: Database) throws {
    sqlite3_busy_timeout(database.sqliteConnection, 0)
    defer {
      sqlite3_busy_timeout(database.sqliteConnection, Int32(StoreLimits.busySeconds) * 1_000)
    }
    try emptyLog(database)
  }

  private func emptyLog(_ database: Database) throws {
    _ = try database.checkpoint(.truncate)
    hasEmptiedLog.withLock { $0 = true }
    guard try DeletedBytes(database) == .inLog else { return }
    try database.inTransaction(.immediate) {
      try LocalSetting.deletedBytes.remove(in: database)
      return .commit
    }
  }

  private static func bytes(ofFile path: String) -> Int64 {
    var status = stat()
    return stat(path, &status) == 0 ? Int64(status.st_size) : 0
  }
}
