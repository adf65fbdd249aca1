/// A column of integers as the projection stores it: the least value, the width of a difference in bytes (0 to 8),
/// then one little-endian difference for each row ("frame of reference"). Any row is read without the others.
///
/// Source of the idea: Goldstein, Ramakrishnan, Shaft, "Compressing Relations and Indexes" (1998).
enum IntegerColumn {
  /// Appends the column: 1 byte width, 8 bytes least value, then the differences.
  static func append(_ values: some Collection<Int64>, to bytes: inout [UInt8]) {
    let least = values.min() ?? 0
    let greatest = values.max() ?? 0
    let width = width(of: UInt64(bitPattern: greatest &- least))
    bytes.append(UInt8(width))
    append(UInt64(bitPattern: least), width: 8, to: &bytes)
    guard width > 0 else { return }
    for value in values {
      append(UInt64(bitPattern: value &- least), width: width, to: &bytes)
    }
  }

  /// Bytes that a difference needs.
  private static func width(of difference: UInt64) -> Int {
    (64 - difference.leadingZeroBitCount + 7) / 8
  }

  private static func append(_ value: UInt64, width: Int, to bytes: inout [UInt8]) {
    for byte in 0..<width {
      bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * byte)))
    }
  }
}

/// Reads a column in place. The buffer must outlive it.
struct IntegerColumnView {
  private let base: UnsafeRawPointer?
  private let least: Int64
  private let width: Int
  private let mask: UInt64

  /// The view, and the offset of what follows the column. A damaged column reads as its least value.
  init(_ bytes: UnsafeRawBufferPointer, at offset: inout Int, count: Int) {
    guard bytes.count - offset >= 9, bytes[offset] <= 8 else {
      (base, least, width, mask) = (nil, 0, 0, 0)
      offset = bytes.count
      return
    }
    let width = Int(bytes[offset])
    least = Int64(
      bitPattern: UInt64(
        littleEndian: bytes.loadUnaligned(fromByteOffset: offset + 1, as: UInt64.self)))
    let start = offset + 9
    // A difference is read as eight bytes; pages end in padding so that the last one may be.
    guard bytes.count - start >= width * count + 8, let address = bytes.baseAddress else {
      (base, self.width, mask) = (nil, 0, 0)
      offset = bytes.count
      return
    }
    base = address + start
    self.width = width
    mask = width == 8 ? .max : (1 << UInt64(8 * width)) &- 1
    offset = start + width * count
  }

  @inline(__always)
  subscript(index: Int) -> Int64 {
    guard let base, width > 0 else { return least }
    let difference = base.loadUnaligned(fromByteOffset: index &* width, as: UInt64.self)
    return least &+ Int64(bitPattern: UInt64(littleEndian: difference) & mask)
  }
}
