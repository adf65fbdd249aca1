import FeedbackLedger
import LedgerCore

/// Times as they are written on the command line.
enum TimeArgument {
  /// A date is the start of that day in the zone, a month the start of its first day; RFC 3339 is taken as it is.
  ///
  /// - Throws: `ArgumentFault.badTime`, `LedgerError.unknownTimeZone`.
  static func instant(
    _ text: String, option: String, zone: String?, _ ledger: Ledger
  ) throws -> Instant {
    if let day = CivilDay(written: text) ?? CivilDay(written: text + "-01") {
      return try ledger.start(of: day, timeZone: zone)
    }
    guard let instant = RFC3339.instant(text) else {
      throw ArgumentFault.badTime(text, option: option)
    }
    return instant
  }

  /// `unknown`, a date, or RFC 3339.
  static func occurrence(_ text: String, option: String) throws -> Occurrence {
    if text == "unknown" { return .unknown }
    if let day = CivilDay(written: text) { return .day(day) }
    guard let instant = RFC3339.instant(text) else {
      throw ArgumentFault.badTime(text, option: option)
    }
    return .exact(instant)
  }
}

/// `NAME=VALUE`.
struct Assignment {
  let name: String
  let value: String

  init(_ text: String, option: String) throws {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
      throw ArgumentFault.badAssignment(text, option: option)
    }
    name = String(text[..<equals])
    value = String(text[text.index(after: equals)...])
  }
}
