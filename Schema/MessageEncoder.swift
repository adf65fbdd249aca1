import SwiftProtobuf

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Scorebook_V1_Event {
  /// The event as an entry keeps it: the bytes that are hashed, signed for and sent.
  ///
  /// - Throws: nothing that the schema's messages could make it throw.
  package func entryBytes() throws -> [UInt8] {
    var encoder = MessageEncoder()
    try traverse(visitor: &encoder)
    return encoder.bytes
  }
}

/// Encodes a message in one pass, to the very bytes that SwiftProtobuf makes of it.
///
/// SwiftProtobuf first asks a message for its size, which asks all that are in it, and again for each of these when its
/// turn comes; and its encoder knows the messages through witness tables only. Here, in their own module, traversing
/// is compiled for this encoder, and a length is written once it is known.
struct MessageEncoder: Visitor {
  private(set) var bytes: [UInt8] = []

  /// The types of encoded fields that the schema has.
  private enum WireType: UInt64 {
    case varint = 0
    case fixed64 = 1
    case lengthDelimited = 2
  }

  init() {
    // An answer with its labels and a comment's commitment.
    bytes.reserveCapacity(256)
  }

  mutating func visitUnknown(bytes: Data) { append(bytes) }

  mutating func visitSingularUInt64Field(value: UInt64, fieldNumber: Int) {
    start(fieldNumber, .varint)
    appendVarint(value)
  }

  mutating func visitSingularUInt32Field(value: UInt32, fieldNumber: Int) {
    visitSingularUInt64Field(value: UInt64(value), fieldNumber: fieldNumber)
  }

  mutating func visitSingularInt64Field(value: Int64, fieldNumber: Int) {
    visitSingularUInt64Field(value: UInt64(bitPattern: value), fieldNumber: fieldNumber)
  }

  mutating func visitSingularSInt64Field(value: Int64, fieldNumber: Int) {
    visitSingularUInt64Field(value: Self.zigzag(value), fieldNumber: fieldNumber)
  }

  mutating func visitSingularSInt32Field(value: Int32, fieldNumber: Int) {
    visitSingularSInt64Field(value: Int64(value), fieldNumber: fieldNumber)
  }

  mutating func visitSingularBoolField(value: Bool, fieldNumber: Int) {
    visitSingularUInt64Field(value: value ? 1 : 0, fieldNumber: fieldNumber)
  }

  mutating func visitSingularEnumField<E: Enum>(value: E, fieldNumber: Int) {
    visitSingularInt64Field(value: Int64(value.rawValue), fieldNumber: fieldNumber)
  }

  mutating func visitSingularSFixed64Field(value: Int64, fieldNumber: Int) {
    start(fieldNumber, .fixed64)
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func visitSingularDoubleField(value: Double, fieldNumber: Int) {
    visitSingularSFixed64Field(value: Int64(bitPattern: value.bitPattern), fieldNumber: fieldNumber)
  }

  mutating func visitSingularStringField(value: String, fieldNumber: Int) {
    start(fieldNumber, .lengthDelimited)
    appendVarint(UInt64(value.utf8.count))
    bytes.append(contentsOf: value.utf8)
  }

  mutating func visitSingularBytesField(value: Data, fieldNumber: Int) {
    start(fieldNumber, .lengthDelimited)
    appendVarint(UInt64(value.count))
    append(value)
  }

  mutating func visitSingularMessageField<M: Message>(value: M, fieldNumber: Int) throws {
    start(fieldNumber, .lengthDelimited)
    try appendAfterLength { try value.traverse(visitor: &$0) }
  }

  mutating func visitRepeatedMessageField<M: Message>(value: [M], fieldNumber: Int) throws {
    for message in value {
      try visitSingularMessageField(value: message, fieldNumber: fieldNumber)
    }
  }

  mutating func visitPackedSInt64Field(value: [Int64], fieldNumber: Int) {
    start(fieldNumber, .lengthDelimited)
    appendAfterLength { encoder in
      for number in value { encoder.appendVarint(Self.zigzag(number)) }
    }
  }

  mutating func visitPackedSInt32Field(value: [Int32], fieldNumber: Int) {
    visitPackedSInt64Field(value: value.map { Int64($0) }, fieldNumber: fieldNumber)
  }
}

extension MessageEncoder {
  private mutating func start(_ fieldNumber: Int, _ type: WireType) {
    appendVarint(UInt64(fieldNumber) << 3 | type.rawValue)
  }

  private mutating func append(_ data: Data) {
    data.withUnsafeBytes { bytes.append(contentsOf: $0) }
  }

  private mutating func appendVarint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// Appends what `content` appends, its length before it. Most lengths take one byte; a greater one moves what
  /// follows it.
  private mutating func appendAfterLength(_ content: (inout Self) throws -> Void) rethrows {
    let start = bytes.count
    bytes.append(0)
    try content(&self)
    let length = bytes.count - start - 1
    guard length >= 0x80 else {
      bytes[start] = UInt8(length)
      return
    }
    let end = bytes.count
    appendVarint(UInt64(length))
    let prefix = Array(bytes[end...])
    bytes.removeSubrange(end...)
    bytes.replaceSubrange(start...start, with: prefix)
  }

  private static func zigzag(_ value: Int64) -> UInt64 {
    UInt64(bitPattern: value << 1 ^ value >> 63)
  }
}

// No message of the schema has a map; the library asks for them all the same.
extension MessageEncoder {
  mutating func visitMapField<Key, Value: MapValueType>(
    fieldType: _ProtobufMap<Key, Value>.Type, value: _ProtobufMap<Key, Value>.BaseType,
    fieldNumber: Int
  ) {
    preconditionFailure("The schema has no maps.")
  }

  mutating func visitMapField<Key, Value>(
    fieldType: _ProtobufEnumMap<Key, Value>.Type, value: _ProtobufEnumMap<Key, Value>.BaseType,
    fieldNumber: Int
  ) where Value.RawValue == Int {
    preconditionFailure("The schema has no maps.")
  }

  mutating func visitMapField<Key, Value>(
    fieldType: _ProtobufMessageMap<Key, Value>.Type,
    value: _ProtobufMessageMap<Key, Value>.BaseType, fieldNumber: Int
  ) {
    preconditionFailure("The schema has no maps.")
  }
}
