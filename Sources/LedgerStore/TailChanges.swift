import LedgerCore

/// The changes of one position that wait for their block, as bytes: measure, site, day, bucket and delta of each, in
/// order.
enum TailChanges {
  static func encode(_ changes: some Sequence<Change>) -> [UInt8] {
    var bytes: [UInt8] = []
    for change in changes {
      ByteCoding.append(UInt64(change.key.measure), to: &bytes)
      ByteCoding.append(UInt64(change.key.group), to: &bytes)
      ByteCoding.append(ByteCoding.zigzag(Int64(change.key.period)), to: &bytes)
      ByteCoding.append(ByteCoding.zigzag(change.key.bucket), to: &bytes)
      ByteCoding.append(ByteCoding.zigzag(change.delta), to: &bytes)
    }
    return bytes
  }

  /// Appends the changes to `changes`; false when the bytes are damaged.
  static func decode(
    _ bytes: UnsafeRawBufferPointer, position: UInt32, to changes: inout [Change]
  ) -> Bool {
    var reader = ByteReader(bytes)
    while !reader.isAtEnd {
      let measure = Measure.RawValue(exactly: reader.unsigned()).flatMap(Measure.init(rawValue:))
      let key = measure.map {
        CounterKey(
          measure: $0, group: UInt32(truncatingIfNeeded: reader.unsigned()),
          period: Int32(truncatingIfNeeded: reader.signed()), bucket: reader.signed())
      }
      let delta = reader.signed()
      guard let key, !reader.isDamaged else { return false }
      changes.append(Change(position: position, key: key, delta: delta))
    }
    return true
  }
}
