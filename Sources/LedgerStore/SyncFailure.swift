import Foundation
import GRDB
import GRDBSQLite

/// What is done when the system could not bring bytes to the disk: the process ends.
///
/// After a failed fsync the page cache may claim that the bytes are there, and a second fsync may succeed without
/// writing them ("fsyncgate", https://wiki.postgresql.org/wiki/Fsync_Errors). So nothing is tried again: the next start
/// recovers from what is really on the disk.
package enum SyncFailure {
  /// `EX_IOERR` of `sysexits.h`.
  package static let exitCode: Int32 = 74

  /// Whether SQLite's extended result code says that a sync failed: of a file, or of the folder that names it.
  package static func isMeant(by extendedCode: Int32) -> Bool {
    extendedCode == ResultCode.SQLITE_IOERR_FSYNC.rawValue
      || extendedCode == ResultCode.SQLITE_IOERR_DIR_FSYNC.rawValue
  }

  /// Runs `body`, and ends the process where it fails because a sync did; other errors go on to the caller.
  package static func endingProcess<T>(_ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as DatabaseError where isMeant(by: error.extendedResultCode.rawValue) {
      endProcess("SQLite could not sync the ledger (\(error.extendedResultCode.rawValue))")
    }
  }

  /// `what` happened; the rest of the sentence says what to do.
  package static func endProcess(_ what: String) -> Never {
    let sentence =
      "\(what); stopping before anything is acknowledged. Check the disk, then run scorebook verify.\n"
    FileHandle.standardError.write(Data(sentence.utf8))
    exit(exitCode)
  }
}
