/// A decimal number, exact to the twelfth decimal place: sums of prices must not depend on their
/// order.
package struct Amount: Hashable, Comparable, Sendable {
  /// 10^-12.
  private var units: Int128

  package static let zero = Amount(units: 0)
  private static let decimals = 12
  private static let unit: Int128 = 1_000_000_000_000

  private init(units: Int128) {
    self.units = units
  }

  /// Digits with a decimal point, and an exponent where a program wrote one (`4.4e-16`); what lies
  /// beyond the twelfth place is cut. Nil for anything else and beyond 10^15.
  package init?(_ text: some StringProtocol) {
    let result =
      text.utf8.withContiguousStorageIfAvailable(Self.parse)
      ?? Array(text.utf8)
      .withUnsafeBufferPointer(Self.parse)
    guard let result else { return nil }
    self = result
  }

  package static func < (left: Self, right: Self) -> Bool { left.units < right.units }

  package static func + (left: Self, right: Self) -> Self {
    Amount(units: left.units + right.units)
  }

  /// How many whole `divisor` are in the amount, which is not negative.
  package func count(of divisor: Amount, rounding: PointsRule.Rounding) -> Int64 {
    let addend: Int128 =
      switch rounding {
      case .down: 0
      case .nearest: divisor.units / 2
      case .up: divisor.units - 1
      }
    return Int64(clamping: (units + addend) / divisor.units)
  }

  private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Amount? {
    var index = 0
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative { index = 1 }
    var digits: Int128 = 0
    var digitCount = 0
    var scale = 0
    var hasPoint = false
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
      } else if (0x30...0x39).contains(byte) {
        // 30 digits are more than any price has and fit into 128 bits.
        guard digitCount < 30 else { return nil }
        digits = digits * 10 + Int128(byte - 0x30)
        digitCount += 1
        if hasPoint { scale -= 1 }
      } else {
        break
      }
      index += 1
    }
    guard digitCount > 0, let exponent = exponent(bytes[index...]) else { return nil }
    return scaled(isNegative ? -digits : digits, by: scale + exponent)
  }

  /// 0 where there is none; nil where the rest is something else.
  private static func exponent(_ rest: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    guard let mark = rest.first else { return 0 }
    guard mark | 0x20 == UInt8(ascii: "e") else { return nil }
    let text = String(decoding: rest.dropFirst(), as: UTF8.self)
    guard let exponent = Int(text), abs(exponent) <= 99 else { return nil }
    return exponent
  }

  private static func scaled(_ digits: Int128, by exponent: Int) -> Amount? {
    var units = digits
    var steps = exponent + decimals
    while steps > 0, units != 0 {
      guard units.magnitude < 1_000_000_000_000_000 * unit.magnitude else { return nil }
      units *= 10
      steps -= 1
    }
    while steps < 0, units != 0 {
      units /= 10
      steps += 1
    }
    guard units.magnitude <= 1_000_000_000_000_000 * unit.magnitude else { return nil }
    return Amount(units: units)
  }
}
