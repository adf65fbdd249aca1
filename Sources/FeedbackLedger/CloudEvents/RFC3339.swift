package import LedgerCore
import SwiftProtobuf

/// Times as CloudEvents writes them: `2026-04-03T09:00:00.123456+07:00`, an offset always stated.
///
/// The calendar is SwiftProtobuf's. Source: RFC 3339, section 5.6.
package enum RFC3339 {
  /// Nil unless the text is a date-time with an offset. Digits beyond the microsecond are dropped; a leap second
  /// (`:60`) is refused, since no instant stands for it.
  package static func instant(_ text: String) -> Instant? {
    guard let (local, offsetSeconds) = split(text),
      // Only these bytes reach the JSON reader below, so that it finds neither quotes nor escapes.
      local.utf8.allSatisfy({ isTimeByte($0) }),
      let time = try? Google_Protobuf_Timestamp(jsonString: "\"\(local.uppercased())Z\"")
    else { return nil }
    let seconds = time.seconds - offsetSeconds
    return Instant(microseconds: seconds * 1_000_000 + Int64(time.nanos) / 1_000)
  }

  /// In UTC. Nil outside the years 1 to 9999, which RFC 3339 cannot write.
  package static func text(_ instant: Instant) -> String? {
    let (quotient, remainder) = instant.microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    var time = Google_Protobuf_Timestamp()
    time.seconds = remainder < 0 ? quotient - 1 : quotient
    time.nanos = Int32(remainder < 0 ? remainder + 1_000_000 : remainder) * 1_000
    guard let quoted = try? time.jsonString() else { return nil }
    return String(quoted.dropFirst().dropLast())
  }

  /// The date and time without the offset, and the offset in seconds east of UTC.
  ///
  /// The offset is read here, because the library stops at 13 hours and Kiribati keeps +14:00.
  private static func split(_ text: String) -> (local: Substring, offsetSeconds: Int64)? {
    guard let last = text.utf8.last else { return nil }
    if last == UInt8(ascii: "Z") || last == UInt8(ascii: "z") { return (text.dropLast(), 0) }
    let offset = Array(text.utf8.suffix(6))
    guard offset.count == 6, offset[3] == UInt8(ascii: ":"),
      let hours = number(offset[1...2]), hours <= 23, let minutes = number(offset[4...5]),
      minutes <= 59
    else { return nil }
    let seconds = hours * 3_600 + minutes * 60
    switch offset[0] {
    case UInt8(ascii: "+"): return (text.dropLast(6), seconds)
    case UInt8(ascii: "-"): return (text.dropLast(6), -seconds)
    default: return nil
    }
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
    digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      ? digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) } : nil
  }

  private static func isTimeByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: ":"),
      UInt8(ascii: "."), UInt8(ascii: "T"), UInt8(ascii: "t"):
      true
    default: false
    }
  }
}
