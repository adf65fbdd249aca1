package import GRDB
import LedgerCore

/// Reads entries as they were recorded.
package struct EntryReader {
  private let database: Database
  private let keepsStatement: Bool

  package init(_ database: Database) {
    self.init(database, keepsStatement: false)
  }

  /// `keepsStatement`: prepares the reading of a range once for the connection: for who reads nothing else meanwhile.
  init(_ database: Database, keepsStatement: Bool) {
    self.database = database
    self.keepsStatement = keepsStatement
  }

  /// Nil when the log does not reach that far here.
  package func entry(log: UInt32, seq: UInt64) throws -> [UInt8]? {
    let statement = try RawStatement(
      kept: database,
      "SELECT seq, count, bytes FROM entry WHERE log = ? AND seq <= ? ORDER BY seq DESC LIMIT 1")
    statement.bind(Int64(log), at: 1)
    statement.bind(Int64(clamping: seq), at: 2)
    defer { statement.reset() }
    guard try statement.step() else { return nil }
    var found: [UInt8]?
    var next = statement.unsigned(0)
    EntryRun.forEachEntry(in: statement.blob(2), count: statement.unsigned(1)) { entry in
      if next == seq { found = Array(entry) }
      next += 1
      return next <= seq
    }
    return found
  }

  /// Calls `body` with each entry of a range of one log, ascending.
  package func forEachEntry(
    log: UInt32, seqs: ClosedRange<UInt64>, _ body: (UInt64, [UInt8]) throws -> Void
  ) throws {
    try forEachEntryInPlace(log: log, seqs: seqs) { try body($0, Array($1)) }
  }

  /// The same without copying; the bytes are valid during the call.
  package func forEachEntryInPlace(
    log: UInt32, seqs: ClosedRange<UInt64>,
    _ body: (UInt64, UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let statement =
      try keepsStatement
      ? RawStatement(kept: database, Self.rangeText) : RawStatement(database, Self.rangeText)
    statement.bind(Int64(log), at: 1)
    statement.bind(Int64(clamping: seqs.lowerBound), at: 2)
    statement.bind(Int64(clamping: seqs.upperBound), at: 3)
    defer { statement.reset() }
    while try statement.step() {
      var seq = statement.unsigned(0)
      try EntryRun.forEachEntry(in: statement.blob(2), count: statement.unsigned(1)) {
        if seqs.contains(seq) { try body(seq, $0) }
        seq += 1
        return seq <= seqs.upperBound
      }
    }
  }

  /// From the run that holds the first one.
  private static let rangeText = """
    SELECT seq, count, bytes FROM entry WHERE log = ?1 AND seq <= ?3
    AND seq >= coalesce((SELECT max(seq) FROM entry WHERE log = ?1 AND seq <= ?2), ?2)
    ORDER BY seq
    """
}
