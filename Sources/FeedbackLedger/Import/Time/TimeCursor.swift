/// Reads digits and marks of a time, byte by byte. Every step gives nil where the text is another
/// one.
struct TimeCursor {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { position == bytes.count }

  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// As many digits as there are, within the range.
  mutating func number(digits: ClosedRange<Int>) -> Int? {
    var value = 0
    var count = 0
    while count < digits.upperBound, let byte = next, (0x30...0x39).contains(byte) {
      value = value * 10 + Int(byte - 0x30)
      count += 1
      position += 1
    }
    return count >= digits.lowerBound ? value : nil
  }

  mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  /// Letters, without regard to their case.
  mutating func take(letters: StaticString) -> Bool {
    letters.withUTF8Buffer { wanted in
      guard bytes.count - position >= wanted.count else { return false }
      for index in 0..<wanted.count where bytes[position + index] | 0x20 != wanted[index] | 0x20 {
        return false
      }
      position += wanted.count
      return true
    }
  }

  /// One to nine digits after the point, cut to microseconds.
  mutating func fraction() -> Int64? {
    var value: Int64 = 0
    var count = 0
    while count < 9, let byte = next, (0x30...0x39).contains(byte) {
      if count < 6 { value = value * 10 + Int64(byte - 0x30) }
      count += 1
      position += 1
    }
    guard count > 0 else { return nil }
    for _ in min(count, 6)..<6 { value *= 10 }
    return value
  }

  /// 0 for AM, 12 for PM.
  mutating func halfDay() -> Int? {
    if take(letters: "AM") { return 0 }
    return take(letters: "PM") ? 12 : nil
  }

  /// Seconds east of UTC: `Z`, `UTC`, `GMT`, `GMT+1`, `+01`, `+01:00`, `-0730`; at most 18 hours.
  mutating func offset() -> Int32? {
    if take(letters: "Z") { return 0 }
    let isNamed = take(letters: "UTC") || take(letters: "GMT")
    let sign: Int32
    if take(UInt8(ascii: "+")) {
      sign = 1
    } else if take(UInt8(ascii: "-")) {
      sign = -1
    } else {
      return isNamed ? 0 : nil
    }
    guard let hours = number(digits: isNamed ? 1...2 : 2...2) else { return nil }
    let hasColon = take(UInt8(ascii: ":"))
    let minutes =
      hasColon || next.map { (0x30...0x39).contains($0) } ?? false ? number(digits: 2...2) : 0
    guard let minutes, minutes < 60, hours <= 18 else { return nil }
    return sign * Int32(hours * 3_600 + minutes * 60)
  }
}
