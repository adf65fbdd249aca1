/// Sixteen bytes that name something for good, as two big-endian halves.
///
/// Two integers instead of an array: such names are compared and hashed for every event, and must not allocate.
public protocol Identifier: Hashable, Comparable, Sendable, BitwiseCopyable, CustomStringConvertible
{
  var high: UInt64 { get }
  var low: UInt64 { get }
  init(high: UInt64, low: UInt64)
}

extension Identifier {
  /// The number of bytes of every identifier.
  public static var byteCount: Int { 16 }

  /// Nil unless there are exactly 16 bytes.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    let halves = bytes.withContiguousStorageIfAvailable { buffer in
      let raw = UnsafeRawBufferPointer(buffer)
      return (
        UInt64(bigEndian: raw.loadUnaligned(as: UInt64.self)),
        UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
      )
    }
    if let halves {
      self.init(high: halves.0, low: halves.1)
      return
    }
    var high: UInt64 = 0
    var low: UInt64 = 0
    for (index, byte) in bytes.enumerated() {
      if index < 8 {
        high = high << 8 | UInt64(byte)
      } else {
        low = low << 8 | UInt64(byte)
      }
    }
    self.init(high: high, low: low)
  }

  /// Nil unless the text is exactly 32 hexadecimal digits.
  public init?(hexadecimal text: some StringProtocol) {
    guard let bytes = [UInt8](hexadecimal: text) else { return nil }
    self.init(bytes: bytes)
  }

  /// The 16 bytes, most significant first.
  public var bytes: [UInt8] {
    withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { Array($0) }
  }

  /// 32 hexadecimal digits.
  public var description: String {
    bytes.hexadecimal
  }

  /// By the bytes, most significant first.
  public static func < (left: Self, right: Self) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}

/// Names a log: 16 bytes that follow from its key.
public struct LogID: Identifier {
  /// The first eight bytes, big-endian.
  public let high: UInt64
  /// The last eight bytes, big-endian.
  public let low: UInt64

  /// From the two halves.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }
}

/// Names the thing an event is about: a response with its invitation, a ticket, a lot of points, a case.
public struct ItemID: Identifier {
  /// The first eight bytes, big-endian.
  public let high: UInt64
  /// The last eight bytes, big-endian.
  public let low: UInt64

  /// From the two halves.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The item that an event opens when it names none: the log's first half, and its second half plus the seq.
  ///
  /// It costs no byte in the entry, and items of one log stay neighbours in an index. Logs are random, so two of
  /// them share the first half with a chance of 2^-64.
  public init(openedAt address: Address) {
    self.init(high: address.log.high, low: address.log.low &+ address.seq)
  }
}

/// Names a customer without saying who it is: the first 16 bytes of
/// HMAC-SHA256(pseudonym key, namespace ‖ normalised identifier).
public struct CustomerID: Identifier {
  /// The first eight bytes, big-endian.
  public let high: UInt64
  /// The last eight bytes, big-endian.
  public let low: UInt64

  /// From the two halves.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }
}
