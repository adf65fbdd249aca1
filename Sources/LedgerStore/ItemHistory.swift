import LedgerCore

/// The events of one item as they were read: the newest first, their payloads beside them.
struct ItemHistory {
  private let rows: [EventRow]
  private let payload: [UInt8]

  /// `rows`: the newest first, payload ranges into `arena`, ascending and without gaps.
  init(_ rows: ArraySlice<EventRow>, arena: [UInt8]) {
    let start = rows.first?.payloadOffset ?? 0
    self.rows = rows.map { $0.moved(by: 0 &- start) }
    payload = Array(arena[Int(start)...])
  }

  var count: Int { rows.count }
  var lastPosition: UInt32 { rows.first?.position ?? 0 }

  func append(to rows: inout [EventRow], arena: inout [UInt8]) {
    let start = UInt32(arena.count)
    for row in self.rows { rows.append(row.moved(by: start)) }
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
