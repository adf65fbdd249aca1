#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import SwiftProtobuf

extension Scorebook_V1_Event {
  /// The UTF-8 bytes of its longest string, whatever field of it or of what is within it that is; 0 where there is
  /// none.
  ///
  /// O(fields). What came as an unknown field is no string that this program reads.
  package var longestStringBytes: Int {
    var visitor = StringVisitor()
    // Only a visitor could throw, and this one does not.
    try? traverse(visitor: &visitor)
    return visitor.longest
  }
}

/// Sees every string of a message.
private struct StringVisitor {
  /// In UTF-8 bytes.
  var longest = 0
}

extension StringVisitor: Visitor {
  mutating func visitSingularStringField(value: String, fieldNumber: Int) throws {
    longest = max(longest, value.utf8.count)
  }

  mutating func visitSingularMessageField<M: Message>(value: M, fieldNumber: Int) throws {
    try value.traverse(visitor: &self)
  }

  mutating func visitMapField<KeyType, ValueType: MapValueType>(
    fieldType: _ProtobufMap<KeyType, ValueType>.Type,
    value: _ProtobufMap<KeyType, ValueType>.BaseType, fieldNumber: Int
  ) throws {
    for (key, value) in value {
      try KeyType.visitSingular(value: key, fieldNumber: 1, with: &self)
      try ValueType.visitSingular(value: value, fieldNumber: 2, with: &self)
    }
  }

  mutating func visitMapField<KeyType, ValueType>(
    fieldType: _ProtobufEnumMap<KeyType, ValueType>.Type,
    value: _ProtobufEnumMap<KeyType, ValueType>.BaseType, fieldNumber: Int
  ) throws where ValueType.RawValue == Int {
    for key in value.keys { try KeyType.visitSingular(value: key, fieldNumber: 1, with: &self) }
  }

  mutating func visitMapField<KeyType, ValueType>(
    fieldType: _ProtobufMessageMap<KeyType, ValueType>.Type,
    value: _ProtobufMessageMap<KeyType, ValueType>.BaseType, fieldNumber: Int
  ) throws {
    for (key, value) in value {
      try KeyType.visitSingular(value: key, fieldNumber: 1, with: &self)
      try value.traverse(visitor: &self)
    }
  }

  // What is no string.
  mutating func visitSingularDoubleField(value: Double, fieldNumber: Int) throws {}
  mutating func visitSingularInt64Field(value: Int64, fieldNumber: Int) throws {}
  mutating func visitSingularUInt64Field(value: UInt64, fieldNumber: Int) throws {}
  mutating func visitSingularBoolField(value: Bool, fieldNumber: Int) throws {}
  mutating func visitSingularBytesField(value: Data, fieldNumber: Int) throws {}
  mutating func visitSingularEnumField<E: Enum>(value: E, fieldNumber: Int) throws {}
  mutating func visitUnknown(bytes: Data) throws {}
}
