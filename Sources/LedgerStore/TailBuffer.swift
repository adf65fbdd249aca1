package import LedgerCore

/// The newest rows, not yet sealed into a page.
package struct TailBuffer: Sendable {
  package var firstPosition: UInt32 = 1
  package var rows: [EventRow] = []
  package var previous: [UInt32] = []
  package var payload: [UInt8] = []

  /// Appends the row at a position, its payload appended to `arena`; returns the item's event before it, 0 = none.
  ///
  /// - Throws: `StoreError.damagedView` where nothing lies at the position.
  func appendRow(
    at position: UInt32, to rows: inout [EventRow], arena: inout [UInt8]
  ) throws -> UInt32 {
    let index = Int(position) - Int(firstPosition)
    guard self.rows.indices.contains(index) else {
      throw StoreError.damagedView("nothing lies at position \(position)")
    }
    var row = self.rows[index]
    let carried = payload[row.payloadRange]
    row.payloadOffset = UInt32(arena.count)
    arena.append(contentsOf: carried)
    rows.append(row)
    return previous[index]
  }

  /// Drops the first page's worth of rows; the payload keeps only what the rest refers to.
  mutating func dropPage() {
    let count = ProjectionPage.rowCountMax
    let cut = rows.count > count ? Int(rows[count].payloadOffset) : payload.count
    rows.removeFirst(count)
    previous.removeFirst(count)
    payload.removeFirst(cut)
    for index in rows.indices { rows[index].payloadOffset -= UInt32(cut) }
    firstPosition += UInt32(count)
  }
}
