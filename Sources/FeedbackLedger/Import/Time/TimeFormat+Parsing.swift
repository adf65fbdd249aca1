import LedgerCore

extension TimeFormat {
  /// The time the bytes state; nil unless all of them fit the format and the date exists.
  func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> LocalTime? {
    var cursor = TimeCursor(bytes)
    let time =
      switch self {
      case .iso8601: Self.iso8601(&cursor)
      case .unixSeconds: Self.unix(&cursor, unit: 1_000_000)
      case .unixMilliseconds: Self.unix(&cursor, unit: 1_000)
      case .pattern(let elements): Self.pattern(elements, &cursor)
      }
    return cursor.isAtEnd ? time : nil
  }

  private static func unix(_ cursor: inout TimeCursor, unit: Int64) -> LocalTime? {
    let isNegative = cursor.take(UInt8(ascii: "-"))
    // As many digits as the microseconds have room for.
    guard let count = cursor.number(digits: 1...(unit == 1_000 ? 14 : 12)) else { return nil }
    let microseconds = Int64(count) * unit * (isNegative ? -1 : 1)
    let day = microseconds.flooredDay
    guard let number = Int32(exactly: day) else { return nil }
    return LocalTime(
      day: CivilDay(number: number), sinceMidnight: microseconds - day * 86_400_000_000,
      offsetSeconds: 0, hasClock: true)
  }

  private static func iso8601(_ cursor: inout TimeCursor) -> LocalTime? {
    var parts = Parts()
    guard let year = cursor.number(digits: 4...4), cursor.take(UInt8(ascii: "-")),
      let month = cursor.number(digits: 2...2), cursor.take(UInt8(ascii: "-")),
      let day = cursor.number(digits: 2...2)
    else { return nil }
    (parts.year, parts.month, parts.day) = (year, month, day)
    if cursor.isAtEnd { return parts.time }
    guard cursor.take(letters: "T") || cursor.take(UInt8(ascii: " ")),
      let hour = cursor.number(digits: 2...2), cursor.take(UInt8(ascii: ":")),
      let minute = cursor.number(digits: 2...2)
    else { return nil }
    (parts.hour, parts.minute) = (hour, minute)
    if cursor.take(UInt8(ascii: ":")) {
      guard let second = cursor.number(digits: 2...2) else { return nil }
      parts.second = second
      if cursor.take(UInt8(ascii: ".")) || cursor.take(UInt8(ascii: ",")) {
        guard let fraction = cursor.fraction() else { return nil }
        parts.microsecond = fraction
      }
    }
    _ = cursor.take(UInt8(ascii: " "))
    if !cursor.isAtEnd {
      guard let offset = cursor.offset() else { return nil }
      parts.offset = offset
    }
    return parts.time
  }

  private static func pattern(_ elements: [Element], _ cursor: inout TimeCursor) -> LocalTime? {
    var parts = Parts()
    for element in elements {
      switch element {
      case .number(let component, let digits):
        guard let value = cursor.number(digits: digits) else { return nil }
        parts.set(component, to: value)
      case .fraction:
        guard let fraction = cursor.fraction() else { return nil }
        parts.microsecond = fraction
      case .halfDay:
        guard let half = cursor.halfDay() else { return nil }
        parts.halfDay = half
      case .offset:
        guard let offset = cursor.offset() else { return nil }
        parts.offset = offset
      case .literal(let byte):
        guard cursor.take(byte) else { return nil }
      }
    }
    return parts.time
  }
}

/// The numbers of one time, before they are known to make one.
private struct Parts {
  var year = 0
  var month = 0
  var day = 0
  var hour: Int?
  /// 1...12.
  var hourOfHalfDay: Int?
  var halfDay = 0
  var minute = 0
  var second = 0
  var microsecond: Int64 = 0
  var offset: Int32?

  mutating func set(_ component: TimeFormat.Component, to value: Int) {
    switch component {
    case .year: year = value
    case .month: month = value
    case .day: day = value
    case .hour: hour = value
    case .hourOfHalfDay: hourOfHalfDay = value
    case .minute: minute = value
    case .second: second = value
    }
  }

  var time: LocalTime? {
    if let hourOfHalfDay, !(1...12).contains(hourOfHalfDay) { return nil }
    let hours = hourOfHalfDay.map { $0 % 12 + halfDay } ?? hour
    guard let civil = CivilDay(year: year, month: month, day: day), (hours ?? 0) < 24, minute < 60,
      second < 60
    else { return nil }
    let seconds = Int64((hours ?? 0) * 3_600 + minute * 60 + second)
    return LocalTime(
      day: civil, sinceMidnight: seconds * 1_000_000 + microsecond, offsetSeconds: offset,
      hasClock: hours != nil)
  }
}

extension Int64 {
  /// Days since 1970, rounded towards minus infinity, of microseconds.
  fileprivate var flooredDay: Int64 {
    let day: Int64 = 86_400_000_000
    return self / day - (self % day < 0 ? 1 : 0)
  }
}
