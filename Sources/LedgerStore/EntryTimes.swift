package import GRDB
package import LedgerCore

/// Recorded times by position.
package struct EntryTimes {
  private let database: Database
  private let state: StoreState

  package init(_ database: Database, _ state: StoreState) {
    self.database = database
    self.state = state
  }

  /// The greatest recorded time inside a cut, by the last event of each of its logs; `Int64.min` for an empty one.
  package func newestRecorded(in cut: Cut) throws -> Int64 {
    let history = try HistoryReader(database, pages: state.pages)
    var newest = Int64.min
    for entry in cut.clock.entries {
      guard let log = state.log(entry.log) else { continue }
      if entry.seq == log.size {
        newest = max(newest, log.recordedMax)
      } else if let position = state.arrivals.position(ofSeq: UInt32(entry.seq), log: log.number),
        let row = try history.row(at: position, tail: state.tail)
      {
        newest = max(newest, row.recorded)
      }
    }
    return newest
  }
}
