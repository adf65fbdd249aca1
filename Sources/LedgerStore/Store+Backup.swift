import Foundation
import GRDB

extension Store {
  /// Writes a copy of the ledger as it stands at one moment, for its owner alone: it holds the log's key.
  ///
  /// SQLite makes the copy, because a file that is copied beside a live write-ahead log is half a ledger.
  package func copy(to path: String) throws {
    try PrivateFile.create(at: path).close()
    try database.writeWithoutTransaction { database in
      try database.execute(sql: "VACUUM INTO ?", arguments: [path])
    }
  }

  /// The files that SQLite and this program keep beside a ledger.
  package static func sidecars(of path: String) -> [String] {
    ["-wal", "-shm", "-lock", "-turn", "-highwater"].map { path + $0 }
  }
}
