package import GRDB
import LedgerCore

/// Reads entries as they were recorded.
package struct EntryReader {
  private let database: Database

  package init(_ database: Database) {
    self.database = database
  }

  /// Nil when the log does not reach that far here.
  package func entry(log: UInt32, seq: UInt64) throws -> [UInt8]? {
    let statement = try RawStatement(
      kept: database, "SELECT bytes FROM entry WHERE log = ? AND seq = ?")
    statement.bind(Int64(log), at: 1)
    statement.bind(Int64(seq), at: 2)
    defer { statement.reset() }
    return try statement.step() ? statement.bytes(0) : nil
  }

  /// Calls `body` with each entry of a range of one log, ascending.
  package func forEachEntry(
    log: UInt32, seqs: ClosedRange<UInt64>, _ body: (UInt64, [UInt8]) throws -> Void
  ) throws {
    let statement = try RawStatement(
      database, "SELECT seq, bytes FROM entry WHERE log = ? AND seq BETWEEN ? AND ? ORDER BY seq")
    statement.bind(Int64(log), at: 1)
    statement.bind(Int64(seqs.lowerBound), at: 2)
    statement.bind(Int64(seqs.upperBound), at: 3)
    defer { statement.reset() }
    while try statement.step() {
      try body(UInt64(statement.integer(0)), statement.bytes(1))
    }
  }
}
