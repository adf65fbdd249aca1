package import GRDB
package import LedgerCore

/// The order in which events count: ascending (stamp, log, seq).
package struct CanonicalOrder {
  /// One event's place.
  package struct Place: Sendable {
    package var log: UInt32
    package var seq: UInt32
    package var stamp: Int64
    package var recorded: Int64
    package var kind: RowKind
  }

  private let database: Database
  private let state: StoreState

  package init(_ database: Database, _ state: StoreState) {
    self.database = database
    self.state = state
  }

  /// Every event held. 40 bytes of memory each.
  package func places() throws -> [Place] {
    var places: [Place] = []
    places.reserveCapacity(Int(state.lastPosition))
    let sealed = ProjectionPage.number(ofPosition: state.tail.firstPosition)
    try PageScan(database).forEachPage(0..<sealed, depth: .times) { page in
      for run in page.runs {
        for offset in 0..<run.count {
          let row = page.rows.row(Int(run.firstPosition + offset - page.rows.firstPosition))
          places.append(
            Place(
              log: run.log, seq: run.firstSeq + offset, stamp: row.stamp, recorded: row.recorded,
              kind: row.kind))
        }
      }
    }
    for row in state.tail.rows {
      places.append(
        Place(
          log: row.log, seq: row.seq, stamp: row.stamp, recorded: row.recorded, kind: row.kind))
    }
    return places.sorted { left, right in
      if left.stamp != right.stamp { return left.stamp < right.stamp }
      if left.log != right.log {
        return state.logs[Int(left.log)].id < state.logs[Int(right.log)].id
      }
      return left.seq < right.seq
    }
  }
}
