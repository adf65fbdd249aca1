/// Eight bytes at the end of a blob of the derived part, over its bytes and the place where they lie: a torn or
/// misplaced sector is named before anything is read from it.
///
/// Each step is a bijection of the state for a given word, and of the word for a given state: damage within one aligned
/// word is always seen, any other with a chance of 2⁻⁶⁴ to be missed. No defence against forgers: derived bytes are
/// rebuilt from signed entries, and `verify` compares them.
package enum Checksum {
  package static let byteCount = 8

  /// Of the bytes at a place; two places have the same number with a chance of 2⁻⁶⁴. O(bytes), 8 a step.
  package static func of(_ bytes: UnsafeRawBufferPointer, at place: UInt64) -> UInt64 {
    var state = stepped(place, UInt64(bytes.count))
    var offset = 0
    while bytes.count - offset >= 8 {
      state = stepped(
        state,
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
      offset += 8
    }
    var rest: UInt64 = 0
    for byte in bytes[offset...].reversed() { rest = rest << 8 | UInt64(byte) }
    return stepped(stepped(state, rest), 0)
  }

  /// A place as a number: which kind of blob, and its key.
  package static func place(kind: UInt64, _ key: UInt64...) -> UInt64 {
    key.reduce(stepped(0, kind), stepped)
  }

  @inline(__always)
  private static func stepped(_ state: UInt64, _ word: UInt64) -> UInt64 {
    // Odd: multiplication by it is a bijection. The fraction of the golden ratio, as in Fibonacci hashing.
    let product = (state ^ word) &* 0x9E37_79B9_7F4A_7C15
    return product ^ (product >> 32)
  }

  /// The bytes with their checksum behind them.
  package static func append(to bytes: inout [UInt8], at place: UInt64) {
    let sum = bytes.withUnsafeBytes { of($0, at: place) }
    withUnsafeBytes(of: sum.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// The bytes before the checksum; nil where it is not theirs.
  package static func checked(
    _ bytes: UnsafeRawBufferPointer, at place: UInt64
  ) -> UnsafeRawBufferPointer? {
    let count = bytes.count - byteCount
    guard count >= 0 else { return nil }
    let body = UnsafeRawBufferPointer(rebasing: bytes[..<count])
    let sum = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: count, as: UInt64.self))
    return of(body, at: place) == sum ? body : nil
  }
}
