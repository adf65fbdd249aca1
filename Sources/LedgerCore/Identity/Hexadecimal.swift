extension [UInt8] {
  /// Nil for an odd number of digits or anything but `0-9a-fA-F`.
  public init?(hexadecimal text: some StringProtocol) {
    let digits = Array(text.utf8)
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 2)
    for index in stride(from: 0, to: digits.count, by: 2) {
      guard let high = Self.value(ofDigit: digits[index]),
        let low = Self.value(ofDigit: digits[index + 1])
      else { return nil }
      bytes.append(high << 4 | low)
    }
    self = bytes
  }

  /// The eight bytes of a number, most significant first.
  public init(bigEndian value: UInt64) {
    self = []
    append(bigEndian: value)
  }

  /// Appends the eight bytes of each number, most significant first.
  mutating func append(bigEndian values: UInt64...) {
    for value in values { Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) } }
  }

  /// Two lower-case digits a byte.
  public var hexadecimal: String {
    let digits = Array<UInt8>("0123456789abcdef".utf8)
    return String(
      decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  private static func value(ofDigit digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil  // No digit.
    }
  }
}
