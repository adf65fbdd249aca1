/// Reads a page in place. The two buffers must outlive the view.
public struct ProjectionPageView {
  public let count: Int
  public let firstPosition: UInt32
  public let linkCount: Int
  private let linkRows: IntegerColumnView
  private let linkFirsts: IntegerColumnView
  private let linkPrevious: IntegerColumnView
  private let kinds: IntegerColumnView
  private let flags: IntegerColumnView
  private let days: IntegerColumnView
  private let labels: IntegerColumnView
  private let batches: IntegerColumnView
  private let payloadEnds: IntegerColumnView
  /// The payload bytes of all rows; rows made by this view have ranges into it.
  public let payload: UnsafeRawBufferPointer
  private var cold: ColdColumns?

  private struct ColdColumns {
    var stamps: IntegerColumnView
    var recorded: IntegerColumnView
    var lags: IntegerColumnView
    var unknown: IntegerColumnView
    var customers: UnsafeRawBufferPointer?
  }

  public init(hot: UnsafeRawBufferPointer) {
    var reader = ByteReader(hot)
    count = min(Int(clamping: reader.unsigned()), ProjectionPage.rowCountMax)
    firstPosition = UInt32(truncatingIfNeeded: reader.unsigned())
    linkCount = min(Int(clamping: reader.unsigned()), count)
    var offset = reader.offset
    linkRows = IntegerColumnView(hot, at: &offset, count: linkCount)
    linkFirsts = IntegerColumnView(hot, at: &offset, count: linkCount)
    linkPrevious = IntegerColumnView(hot, at: &offset, count: linkCount)
    kinds = IntegerColumnView(hot, at: &offset, count: count)
    flags = IntegerColumnView(hot, at: &offset, count: count)
    days = IntegerColumnView(hot, at: &offset, count: count)
    labels = IntegerColumnView(hot, at: &offset, count: count)
    batches = IntegerColumnView(hot, at: &offset, count: count)
    payloadEnds = IntegerColumnView(hot, at: &offset, count: count)
    var rest = ByteReader(hot, at: offset)
    payload = rest.take(Int(clamping: rest.unsigned()))
  }

  /// With the cold columns: stamps, occurred times and customers are then read too.
  public init(hot: UnsafeRawBufferPointer, cold bytes: UnsafeRawBufferPointer) {
    self.init(hot: hot)
    var offset = 0
    let stamps = IntegerColumnView(bytes, at: &offset, count: count)
    let recorded = IntegerColumnView(bytes, at: &offset, count: count)
    let lags = IntegerColumnView(bytes, at: &offset, count: count)
    let unknown = IntegerColumnView(bytes, at: &offset, count: count)
    var reader = ByteReader(bytes, at: offset)
    let customers = reader.byte() == 1 ? reader.take(16 * count) : nil
    cold = ColdColumns(
      stamps: stamps, recorded: recorded, lags: lags, unknown: unknown,
      customers: customers?.count == 16 * count ? customers : nil)
  }

  /// The row that a link belongs to, the item's first position, and the position of the item's event before it.
  @inline(__always)
  public func link(_ index: Int) -> (row: Int, first: UInt32, previous: UInt32) {
    let row = min(max(Int(linkRows[index]), 0), max(count - 1, 0))
    let position = Int64(firstPosition) + Int64(row)
    return (
      row, UInt32(truncatingIfNeeded: position - linkFirsts[index]),
      UInt32(truncatingIfNeeded: position - linkPrevious[index])
    )
  }

  /// The link of a row; nil for the first event of its item. O(log links).
  public func link(ofRow row: Int) -> (first: UInt32, previous: UInt32)? {
    var low = 0
    var high = linkCount
    while low < high {
      let middle = (low + high) / 2
      if Int(linkRows[middle]) < row {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low < linkCount, Int(linkRows[low]) == row else { return nil }
    let link = link(low)
    return (link.first, link.previous)
  }

  @inline(__always)
  public func kind(ofRow row: Int) -> RowKind {
    RowKind(rawValue: UInt8(truncatingIfNeeded: kinds[row])) ?? .notFolded
  }

  /// The row without log, seq and item, which the caller knows from runs and links. Cold columns are read where the
  /// view has them.
  @inline(__always)
  public func row(_ index: Int) -> EventRow {
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
    if let cold { read(cold, index, into: &row) }
    return row
  }

  @inline(__always)
  private func read(_ cold: ColdColumns, _ index: Int, into row: inout EventRow) {
    row.stamp = cold.stamps[index]
    row.recorded = row.stamp &- cold.recorded[index]
    row.occurred =
      cold.unknown[index] == 1 ? EventRow.unknownTime : row.stamp &- cold.lags[index]
    if let customers = cold.customers {
      row.customer = CustomerID(
        high: UInt64(
          bigEndian: customers.loadUnaligned(fromByteOffset: 16 * index, as: UInt64.self)),
        low: UInt64(
          bigEndian: customers.loadUnaligned(fromByteOffset: 16 * index + 8, as: UInt64.self)))
    }
  }

  /// The recorded time of a row; needs the cold columns, else 0.
  public func recorded(ofRow index: Int) -> Int64 {
    guard let cold else { return 0 }
    return cold.stamps[index] &- cold.recorded[index]
  }
}
