package import GRDB
import GRDBSQLite

/// One moment of a ledger file, or one transaction on it. The modules above pass it on and see nothing of SQLite.
package typealias Connection = Database

extension Database {
  /// Gives the pages of the file that the connection keeps in memory back, those in use excepted.
  package func releasePages() {
    sqlite3_db_release_memory(sqliteConnection)
  }
}
