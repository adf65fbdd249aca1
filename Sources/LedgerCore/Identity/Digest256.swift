public import Crypto

/// 32 bytes of SHA-256, as four big-endian words: compared and stored without an allocation.
public struct Digest256: Hashable, Comparable, Sendable, CustomStringConvertible {
  let words: (UInt64, UInt64, UInt64, UInt64)

  /// The number of bytes.
  public static let byteCount = 32

  /// The digest that the hash function has answered.
  public init(_ digest: SHA256Digest) {
    words = digest.withUnsafeBytes { buffer in
      (
        UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
        UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
        UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: 16, as: UInt64.self)),
        UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: 24, as: UInt64.self))
      )
    }
  }

  /// Nil unless there are exactly 32 bytes.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    var words: [UInt64] = [0, 0, 0, 0]
    for (index, byte) in bytes.enumerated() {
      words[index / 8] = words[index / 8] << 8 | UInt64(byte)
    }
    self.words = (words[0], words[1], words[2], words[3])
  }

  /// SHA-256 of the bytes.
  public init(hashing bytes: [UInt8]) {
    self.init(SHA256.hash(data: bytes))
  }

  /// Most significant first.
  public var bytes: [UInt8] {
    [UInt8](bigEndian: words.0) + [UInt8](bigEndian: words.1)
      + [UInt8](bigEndian: words.2) + [UInt8](bigEndian: words.3)
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
