package import GRDB

/// One moment of a ledger file, or one transaction on it. The modules above pass it on and see nothing of SQLite.
package typealias Connection = Database
