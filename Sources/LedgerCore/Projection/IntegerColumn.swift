/// A column of integers as the projection stores it: the least value, the width of a difference in bytes (0 to 8),
/// then one little-endian difference for each row ("frame of reference"). Any row is read without the others.
///
/// Source of the idea: Goldstein, Ramakrishnan, Shaft, "Compressing Relations and Indexes" (1998).
enum IntegerColumn {
  /// Appends the column: 1 byte width, 8 bytes least value, then the differences.
  static func append(_ values: some Collection<Int64>, to bytes: inout [UInt8]) {
    let (least, greatest) = ends(of: values)
    let width = width(of: UInt64(bitPattern: greatest &- least))
    bytes.append(UInt8(width))
    withUnsafeBytes(of: least.littleEndian) { bytes.append(contentsOf: $0) }
    guard width > 0 else { return }
    var offset = bytes.count
    // Each difference is stored as eight bytes; the next one covers what it does not need of them.
    bytes.append(contentsOf: repeatElement(0, count: values.count * width + 8))
    bytes.withUnsafeMutableBytes { buffer in
      for value in values {
        buffer.storeBytes(of: (value &- least).littleEndian, toByteOffset: offset, as: Int64.self)
        offset += width
      }
    }
    bytes.removeLast(8)
  }

  private static func ends(of values: some Collection<Int64>) -> (least: Int64, greatest: Int64) {
    guard var least = values.first else { return (0, 0) }
    var greatest = least
    for value in values {
      least = min(least, value)
      greatest = max(greatest, value)
    }
    return (least, greatest)
  }

  /// Bytes that a difference needs.
  private static func width(of difference: UInt64) -> Int {
    (64 - difference.leadingZeroBitCount + 7) / 8
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
