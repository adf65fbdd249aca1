/// The links of a page, read in place. The buffer must outlive the view.
package struct PageLinksView {
  package let count: Int
  private let firstPosition: UInt32
  private let rows: IntegerColumnView
  private let firsts: IntegerColumnView
  private let previous: IntegerColumnView

  package init(_ bytes: UnsafeRawBufferPointer, firstPosition: UInt32) {
    var reader = ByteReader(bytes)
    count = min(Int(clamping: reader.unsigned()), ProjectionPage.rowCountMax)
    self.firstPosition = firstPosition
    var offset = reader.offset
    rows = IntegerColumnView(bytes, at: &offset, count: count)
    firsts = IntegerColumnView(bytes, at: &offset, count: count)
    previous = IntegerColumnView(bytes, at: &offset, count: count)
  }

  /// The row that a link belongs to, the item's first position, and the position of the item's event before it.
  @inline(__always)
  package subscript(index: Int) -> (row: Int, first: UInt32, previous: UInt32) {
    let row = Int(rows[index])
    let position = Int64(firstPosition) &+ Int64(row)
    return (
      row, UInt32(truncatingIfNeeded: position &- firsts[index]),
      UInt32(truncatingIfNeeded: position &- previous[index])
    )
  }

  /// The link of a row; nil for the first event of its item. O(log links).
  package func link(ofRow row: Int) -> (first: UInt32, previous: UInt32)? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if Int(rows[middle]) < row {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low < count, Int(rows[low]) == row else { return nil }
    let link = self[low]
    return (link.first, link.previous)
  }
}

/// The columns of a page, read in place. The buffers must outlive the view.
package struct ProjectionPageView {
  package let count: Int
  package let firstPosition: UInt32
  private let kinds: IntegerColumnView
  private let flags: IntegerColumnView
  private let days: IntegerColumnView
  private let labels: IntegerColumnView
  private let batches: IntegerColumnView
  private let payloadEnds: IntegerColumnView
  /// The payload bytes of all rows; rows made by this view have ranges into it.
  package let payload: UnsafeRawBufferPointer
  private var times: Times?
  private var customers: UnsafeRawBufferPointer?

  private struct Times {
    var stamps: IntegerColumnView
    var recorded: IntegerColumnView
    var lags: IntegerColumnView
    var unknown: IntegerColumnView
  }

  /// Rows without times and customers.
  package init(hot: UnsafeRawBufferPointer) {
    var reader = ByteReader(hot)
    count = min(Int(clamping: reader.unsigned()), ProjectionPage.rowCountMax)
    firstPosition = UInt32(truncatingIfNeeded: reader.unsigned())
    var offset = reader.offset
    kinds = IntegerColumnView(hot, at: &offset, count: count)
    flags = IntegerColumnView(hot, at: &offset, count: count)
    days = IntegerColumnView(hot, at: &offset, count: count)
    labels = IntegerColumnView(hot, at: &offset, count: count)
    batches = IntegerColumnView(hot, at: &offset, count: count)
    payloadEnds = IntegerColumnView(hot, at: &offset, count: count)
    var rest = ByteReader(hot, at: offset)
    payload = rest.take(Int(clamping: rest.unsigned()))
  }

  /// Rows with their stamps, recorded and occurred times.
  package init(hot: UnsafeRawBufferPointer, times bytes: UnsafeRawBufferPointer) {
    self.init(hot: hot)
    var offset = 0
    let stamps = IntegerColumnView(bytes, at: &offset, count: count)
    let recorded = IntegerColumnView(bytes, at: &offset, count: count)
    let lags = IntegerColumnView(bytes, at: &offset, count: count)
    let unknown = IntegerColumnView(bytes, at: &offset, count: count)
    times = Times(stamps: stamps, recorded: recorded, lags: lags, unknown: unknown)
  }

  /// Whole rows.
  package init(
    hot: UnsafeRawBufferPointer, times: UnsafeRawBufferPointer, customers: UnsafeRawBufferPointer
  ) {
    self.init(hot: hot, times: times)
    self.customers = customers.count == 16 * count ? customers : nil
  }

  @inline(__always)
  package func kind(ofRow row: Int) -> RowKind {
    RowKind(rawValue: UInt8(truncatingIfNeeded: kinds[row])) ?? .notFolded
  }

  @inline(__always)
  package func batch(ofRow row: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: batches[row])
  }

  /// The recorded time of a row; 0 for a view without times.
  package func recorded(ofRow row: Int) -> Int64 {
    guard let times else { return 0 }
    return times.stamps[row] &- times.recorded[row]
  }

  /// The row without log, seq and item, which the caller knows from runs and links.
  @inline(__always)
  package func row(_ index: Int) -> EventRow {
    var row = EventRow.none
    row.position = firstPosition &+ UInt32(truncatingIfNeeded: index)
    row.item = row.position
    row.kind = kind(ofRow: index)
    row.flags = EventRow.Flags(rawValue: UInt8(truncatingIfNeeded: flags[index]))
    row.day = Int32(truncatingIfNeeded: days[index])
    row.labels = UInt32(truncatingIfNeeded: labels[index])
    row.batch = UInt32(truncatingIfNeeded: batches[index])
    let start = index == 0 ? 0 : min(max(0, Int(payloadEnds[index - 1])), payload.count)
    let end = min(max(start, Int(payloadEnds[index])), payload.count)
    row.payloadOffset = UInt32(start)
    row.payloadCount = UInt32(end - start)
    if let times {
      row.stamp = times.stamps[index]
      row.recorded = row.stamp &- times.recorded[index]
      row.occurred =
        times.unknown[index] == 1 ? EventRow.unknownTime : row.stamp &- times.lags[index]
    }
    if let customers {
      row.customer = CustomerID(
        high: UInt64(
          bigEndian: customers.loadUnaligned(fromByteOffset: 16 * index, as: UInt64.self)),
        low: UInt64(
          bigEndian: customers.loadUnaligned(fromByteOffset: 16 * index + 8, as: UInt64.self)))
    }
    return row
  }
}
