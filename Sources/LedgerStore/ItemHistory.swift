import LedgerCore

/// The events of one item as they were read: the oldest first, their payloads beside them.
struct ItemHistory: Sendable {
  private var rows: [EventRow] = []
  private var payload: [UInt8] = []

  var count: Int { rows.count }
  var lastPosition: UInt32 { rows.last?.position ?? 0 }

  /// Takes in events that came after those that are here.
  ///
  /// `rows`: the oldest first; their payload ranges point into `arena` from `arenaStart` on.
  mutating func append(_ rows: ArraySlice<EventRow>, arena: [UInt8], from arenaStart: Int) {
    let shift = UInt32(payload.count) &- UInt32(arenaStart)
    for row in rows { self.rows.append(row.moved(by: shift)) }
    payload.append(contentsOf: arena[arenaStart...])
  }

  /// Appends them all, the oldest first.
  func append(to rows: inout [EventRow], arena: inout [UInt8]) {
    let shift = UInt32(arena.count)
    for row in self.rows { rows.append(row.moved(by: shift)) }
    arena.append(contentsOf: payload)
  }
}

extension EventRow {
  /// The same, its payload so many bytes further on.
  fileprivate func moved(by count: UInt32) -> EventRow {
    var row = self
    row.payloadOffset &+= count
    return row
  }
}
