import Foundation
import GRDB
import GRDBSQLite

/// The write-ahead log is moved into the file (SQLite's checkpoint, https://sqlite.org/wal.html) under the ledger's
/// lock, like every write; SQLite's own automatic checkpoint runs outside it and is off.
extension Store {
  /// Empties the write-ahead log. Waits for those who read an older state, up to `StoreLimits.busySeconds`.
  ///
  /// - Returns: whether it is empty. Where a reader still needs it, it stays as it is; what was deleted leaves it when
  ///   the next program opens the ledger, or the next transaction is written, after that reader.
  @discardableResult
  package func checkpoint() throws -> Bool {
    guard path != nil else { return true }
    return try locked {
      try database.writeWithoutTransaction { try self.emptyLog($0) }
    }
  }

  /// Empties the write-ahead log if nobody reads an older state, for the sake of whoever opens the file next. Fails
  /// nothing that was committed before it, like `checkpointIfDue`.
  package func checkpointIfUnread() throws {
    guard path != nil else { return }
    try locked {
      try leavingCommitted {
        try database.writeWithoutTransaction { _ = try self.emptyLogIfUnread($0) }
      }
    }
  }

  /// After a commit, under the lock: where the log is long, or holds what was deleted.
  ///
  /// The first time it is emptied: SQLite forgets with the last process that has the file open how much of the log is
  /// in the file, so that one which is only moved would grow with every program that records one event. After that it
  /// is moved without being cut, and written again from its beginning; what a reader still needs stays until the next
  /// time.
  func checkpointIfDue() throws {
    guard let path else { return }
    let isLong = Self.bytes(ofFile: path + "-wal") > StoreLimits.walBytesMax
    try leavingCommitted {
      try database.writeWithoutTransaction { database in
        let holdsDeleted = try LocalSetting.deletedInLog.bytes(in: database) != nil
        if holdsDeleted || (isLong && !wasEmptied) {
          _ = try emptyLogIfUnread(database)
        } else if isLong {
          _ = try database.checkpoint(.passive)
        }
      }
    }
  }

  /// What was committed is in the log, which is kept whole where moving it fails: an error would say that it is not
  /// there. The next time tries again, and a log that cannot grow any more fails its writer. A failed sync is no such
  /// error; it ends the process.
  private func leavingCommitted(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as DatabaseError
      where !SyncFailure.isMeant(by: error.extendedResultCode.rawValue)
    {}
  }

  private func emptyLogIfUnread(_ database: Database) throws -> Bool {
    sqlite3_busy_timeout(database.sqliteConnection, 0)
    defer {
      sqlite3_busy_timeout(database.sqliteConnection, Int32(StoreLimits.busySeconds) * 1_000)
    }
    return try emptyLog(database)
  }

  private func emptyLog(_ database: Database) throws -> Bool {
    do {
      _ = try database.checkpoint(.truncate)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
      return false
    }
    noteEmptied()
    guard try LocalSetting.deletedInLog.bytes(in: database) != nil else { return true }
    try database.inTransaction(.immediate) {
      try LocalSetting.deletedInLog.remove(in: database)
      return .commit
    }
    return true
  }

  private static func bytes(ofFile path: String) -> Int64 {
    var status = stat()
    return stat(path, &status) == 0 ? Int64(status.st_size) : 0
  }
}
