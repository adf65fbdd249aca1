package import GRDB
import LedgerCore

/// Stamps of single entries, from the projection.
package struct EntryStamps {
  private let database: Database
  private let state: StoreState

  package init(_ database: Database, _ state: StoreState) {
    self.database = database
    self.state = state
  }

  /// Nil when the log does not reach that far here.
  package func stamp(log: UInt32, seq: UInt64) throws -> Int64? {
    guard seq >= 1, let position = state.arrivals.position(ofSeq: UInt32(clamping: seq), log: log)
    else { return nil }
    let history = try HistoryReader(database, pages: state.pages)
    return try history.row(at: position, tail: state.tail)?.stamp
  }
}
