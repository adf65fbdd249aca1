import LedgerCore
import LedgerSchema

extension Appender {
  /// Finds the item of a new row, sets `row.item`, and returns the position of the item's event before it (0 = none).
  ///
  /// `named`: the item that the event names, if it names one.
  func link(
    _ row: inout EventRow, naming named: ItemID?, at address: Address
  ) throws -> UInt32 {
    // The common case: a new item, which its address names, and which nobody has named before.
    if try !row.flags.contains(.namesItem) && !isNamedAhead(address.log) { return 0 }
    let item = named ?? ItemID(openedAt: address)
    let first: UInt32
    if let known = try firstNamed(item) {
      first = known
    } else if row.flags.contains(.namesItem) {
      first = try openerPosition(of: item) ?? name(item, row.position)
    } else {
      // Its address names it: no index row is needed to find it again.
      return 0
    }
    guard first != row.position else { return 0 }
    row.item = first
    let previous = try history.last(ofItem: first)
    history.setLast(row.position, ofItem: first)
    return previous
  }

  private func firstNamed(_ item: ItemID) throws -> UInt32? {
    let statement = statements.selectItem
    return try withUnsafeBytes(of: (item.high.bigEndian, item.low.bigEndian)) { bytes in
      statement.bind(bytes, at: 1)
      defer { statement.reset() }
      return try statement.step() ? UInt32(truncatingIfNeeded: statement.integer(0)) : nil
    }
  }

  /// Whether an event that came before the log's own may have named an item that the log opens.
  private func isNamedAhead(_ log: LogID) throws -> Bool {
    if let known = namedAhead[log.high] { return known }
    let low = [UInt8](bigEndian: log.high) + [UInt8](repeating: 0, count: 8)
    let high = [UInt8](bigEndian: log.high) + [UInt8](repeating: 0xFF, count: 8)
    let statement = try RawStatement(
      kept: database, "SELECT 1 FROM item WHERE id BETWEEN ? AND ? LIMIT 1")
    statement.bind(low, at: 1)
    statement.bind(high, at: 2)
    defer { statement.reset() }
    let isNamed = try statement.step()
    namedAhead[log.high] = isNamed
    return isNamed
  }

  private func name(_ item: ItemID, _ position: UInt32) throws -> UInt32 {
    if namedAhead[item.high] != nil { namedAhead[item.high] = true }
    let statement = statements.insertItem
    try withUnsafeBytes(of: (item.high.bigEndian, item.low.bigEndian)) { bytes in
      statement.bind(bytes, at: 1)
      statement.bind(Int64(position), at: 2)
      try statement.run()
    }
    return position
  }

  /// The position of the event whose address makes this item, where we hold it and it names no other.
  private func openerPosition(of item: ItemID) throws -> UInt32? {
    for log in state.logs where log.id.high == item.high {
      let seq = item.low &- log.id.low
      guard seq >= 1, seq <= log.size,
        let position = state.arrivals.position(ofSeq: UInt32(seq), log: log.number),
        let row = try history.row(at: position, tail: state.tail),
        row.kind.isFolded, !row.flags.contains(.namesItem)
      else { continue }
      return row.item
    }
    return nil
  }
}
