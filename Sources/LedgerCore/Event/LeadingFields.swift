/// What an entry says first, taken out of its bytes and put back: entries are never encoded again.
///
/// Only fields that stand in the order of their numbers, each in the shortest form that it can have, are taken; from
/// the first other one on everything is rest. So a law holds for all bytes, be they an event or not: split and joined
/// again they are the same.
/// Source: protobuf.dev/programming-guides/encoding.
package struct LeadingFields: Hashable, Sendable {
  /// `Event.recorded_us`, microseconds since 1970 UTC.
  package var recorded: Int64?
  /// `Event.occurred_lag_us`, microseconds.
  package var lag: Int64?
  /// `Event.time_quality`, 1 or 2.
  package var quality: UInt8?
  /// `Event.item`.
  package var item: ItemID?
  /// `Event.customer`.
  package var customer: CustomerID?

  package init() {}

  /// Takes an entry apart. O(1): the rest is not looked at.
  package static func split(_ entry: [UInt8]) -> (fields: LeadingFields, rest: ArraySlice<UInt8>) {
    entry.withUnsafeBytes { bytes in
      var reader = ByteReader(bytes)
      var fields = LeadingFields()
      fields.recorded = reader.field(Tag.recorded) { Int64(bitPattern: $0.fixed64()) }
      fields.lag = reader.field(Tag.lag) { $0.shortestUnsigned().map(ByteCoding.unzigzag) }
      fields.quality = reader.field(Tag.quality) { reader in
        let quality = reader.byte()
        return (1...2).contains(quality) ? quality : nil
      }
      fields.item = reader.field(Tag.item) { $0.identifier() }
      fields.customer = reader.field(Tag.customer) { $0.identifier() }
      return (fields, entry[reader.offset...])
    }
  }

  /// The other half of ``split(_:)``. O(bytes).
  package func joined(with rest: some Collection<UInt8>) -> [UInt8] {
    var entry: [UInt8] = []
    entry.reserveCapacity(rest.count + Self.bytesMax)
    if let recorded {
      entry.append(Tag.recorded)
      withUnsafeBytes(of: recorded.littleEndian) { entry.append(contentsOf: $0) }
    }
    if let lag {
      entry.append(Tag.lag)
      ByteCoding.append(ByteCoding.zigzag(lag), to: &entry)
    }
    if let quality {
      entry.append(Tag.quality)
      entry.append(quality)
    }
    if let item { Self.append(item, Tag.item, to: &entry) }
    if let customer { Self.append(customer, Tag.customer, to: &entry) }
    entry.append(contentsOf: rest)
    return entry
  }

  /// All five of them: 9, 11, 2, 18 and 18.
  private static let bytesMax = 58

  private static func append(_ name: some Identifier, _ tag: UInt8, to entry: inout [UInt8]) {
    entry.append(tag)
    entry.append(16)
    withUnsafeBytes(of: (name.high.bigEndian, name.low.bigEndian)) { entry.append(contentsOf: $0) }
  }

  /// Field number and wire type, in the order in which the fields are written.
  private enum Tag {
    static let recorded: UInt8 = 1 << 3 | 1
    static let lag: UInt8 = 2 << 3 | 0
    static let quality: UInt8 = 3 << 3 | 0
    static let item: UInt8 = 4 << 3 | 2
    static let customer: UInt8 = 5 << 3 | 2
  }
}

extension ByteReader {
  /// The field, if it is the next and is written as `read` wants it; else nil, and it stays the next.
  fileprivate mutating func field<Value>(
    _ tag: UInt8, _ read: (inout ByteReader) -> Value?
  ) -> Value? {
    var ahead = self
    guard ahead.byte() == tag, let value = read(&ahead), !ahead.isDamaged else { return nil }
    self = ahead
    return value
  }

  /// Nil for a number that could be written in fewer bytes, or that needs ten: of the tenth only one bit counts.
  fileprivate mutating func shortestUnsigned() -> UInt64? {
    let start = offset
    let value = unsigned()
    let count = offset - start
    return count == 1 || (count < 10 && value >> (7 * (count - 1)) != 0) ? value : nil
  }

  fileprivate mutating func identifier<Name: Identifier>() -> Name? {
    byte() == UInt8(Name.byteCount) ? Name(bytes: take(Name.byteCount)) : nil
  }
}
