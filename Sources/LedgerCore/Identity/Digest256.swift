public import Crypto

/// 32 bytes of SHA-256, as four big-endian words: compared and stored without an allocation.
public struct Digest256: Hashable, Comparable, Sendable, CustomStringConvertible {
  let words: (UInt64, UInt64, UInt64, UInt64)

  /// The number of bytes.
  public static let byteCount = 32

  /// The digest that the hash function has answered.
  public init(_ digest: SHA256Digest) {
    words = digest.withUnsafeBytes { Self.words($0) }
  }

  /// Nil unless there are exactly 32 bytes.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    let words = bytes.withContiguousStorageIfAvailable { Self.words(UnsafeRawBufferPointer($0)) }
    self.words = words ?? Array(bytes).withUnsafeBytes { Self.words($0) }
  }

  /// - Precondition: 32 bytes.
  private static func words(
    _ bytes: UnsafeRawBufferPointer
  ) -> (UInt64, UInt64, UInt64, UInt64) {
    func word(_ index: Int) -> UInt64 {
      UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))
    }
    return (word(0), word(1), word(2), word(3))
  }

  /// SHA-256 of the bytes.
  public init(hashing bytes: [UInt8]) {
    self.init(SHA256.hash(data: bytes))
  }

  /// Most significant first.
  public var bytes: [UInt8] {
    let ordered = (
      words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian
    )
    return withUnsafeBytes(of: ordered) { Array($0) }
  }

  /// 64 hexadecimal digits.
  public var description: String { bytes.hexadecimal }

  /// The first 16 hexadecimal digits, as answers show them.
  public var short: String { String(description.prefix(16)) }

  /// All 32 bytes are equal.
  public static func == (left: Self, right: Self) -> Bool { left.words == right.words }

  /// The order of the bytes, most significant first.
  public static func < (left: Self, right: Self) -> Bool { left.words < right.words }

  /// Half of the bytes are enough: they are already evenly spread.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
  }
}
