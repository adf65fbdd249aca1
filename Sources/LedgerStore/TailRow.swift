import LedgerCore

/// One row that waits for its page, as bytes: everything a page would keep of it.
enum TailRow {
  static func encode(_ row: EventRow, previous: UInt32, payload: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = [row.kind.rawValue, row.flags.rawValue]
    for number in [row.item, row.log, row.seq, row.labels, row.batch, previous] {
      ByteCoding.append(UInt64(number), to: &bytes)
    }
    for number in [row.stamp, row.recorded, row.occurred, Int64(row.day)] {
      ByteCoding.append(ByteCoding.zigzag(number), to: &bytes)
    }
    bytes.append(contentsOf: row.customer.bytes)
    bytes.append(contentsOf: payload[row.payloadRange])
    return bytes
  }

  /// Appends the row's payload to `payload`; nil when the bytes are damaged.
  static func decode(
    _ bytes: UnsafeRawBufferPointer, position: UInt32, payload: inout [UInt8]
  ) -> (row: EventRow, previous: UInt32)? {
    var reader = ByteReader(bytes)
    var row = EventRow.none
    row.position = position
    guard let kind = RowKind(rawValue: reader.byte()) else { return nil }
    row.kind = kind
    row.flags = EventRow.Flags(rawValue: reader.byte())
    func number() -> UInt32 { UInt32(truncatingIfNeeded: reader.unsigned()) }
    row.item = number()
    row.log = number()
    row.seq = number()
    row.labels = number()
    row.batch = number()
    let previous = number()
    row.stamp = reader.signed()
    row.recorded = reader.signed()
    row.occurred = reader.signed()
    row.day = Int32(truncatingIfNeeded: reader.signed())
    guard let customer = CustomerID(bytes: reader.take(16)), !reader.isDamaged else { return nil }
    row.customer = customer
    row.payloadOffset = UInt32(payload.count)
    let rest = reader.take(bytes.count - reader.offset)
    payload.append(contentsOf: rest)
    row.payloadCount = UInt32(rest.count)
    return (row, previous)
  }
}
