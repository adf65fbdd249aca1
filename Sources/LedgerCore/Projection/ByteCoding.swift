/// Variable-length integers as the projection stores them: little-endian groups of seven bits (LEB128).
package enum ByteCoding {
  /// Appends 1 to 10 bytes.
  @inlinable
  package static func append(_ value: UInt64, to bytes: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// Small magnitudes of either sign become small numbers.
  @inlinable
  package static func zigzag(_ value: Int64) -> UInt64 {
    UInt64(bitPattern: (value << 1) ^ (value >> 63))
  }

  @inlinable
  package static func unzigzag(_ value: UInt64) -> Int64 {
    Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  package static func append(_ text: String, to bytes: inout [UInt8]) {
    append(UInt64(text.utf8.count), to: &bytes)
    bytes.append(contentsOf: text.utf8)
  }
}

/// Reads what `ByteCoding` wrote, and protobuf's varints, which are the same. A damaged file or a peer's bytes must not
/// trap: reading past the end yields 0 and sets `isDamaged`.
package struct ByteReader {
  private let bytes: UnsafeRawBufferPointer
  package private(set) var offset: Int
  package private(set) var isDamaged = false

  package init(_ bytes: UnsafeRawBufferPointer, at offset: Int = 0) {
    self.bytes = bytes
    self.offset = offset
  }

  package var isAtEnd: Bool { offset >= bytes.count }

  package mutating func byte() -> UInt8 {
    guard offset < bytes.count else {
      isDamaged = true
      return 0
    }
    defer { offset += 1 }
    return bytes[offset]
  }

  package mutating func unsigned() -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while shift < 64 {
      let next = byte()
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 { return value }
      shift += 7
    }
    isDamaged = true
    return value
  }

  package mutating func signed() -> Int64 {
    ByteCoding.unzigzag(unsigned())
  }

  package mutating func fixed64() -> UInt64 {
    guard bytes.count - offset >= 8 else {
      isDamaged = true
      offset = bytes.count
      return 0
    }
    defer { offset += 8 }
    return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  package mutating func take(_ count: Int) -> UnsafeRawBufferPointer {
    guard count >= 0, bytes.count - offset >= count else {
      isDamaged = true
      offset = bytes.count
      return UnsafeRawBufferPointer(start: nil, count: 0)
    }
    defer { offset += count }
    return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
  }

  package mutating func text() -> String {
    let count = Int(clamping: unsigned())
    return String(decoding: take(count), as: UTF8.self)
  }
}
