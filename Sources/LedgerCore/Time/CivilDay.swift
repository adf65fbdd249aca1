/// A day of the proleptic Gregorian calendar, counted from 1970-01-01 = 0. No zone: who makes it has applied one.
///
/// Source of the conversions: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (days_from_civil,
/// civil_from_days).
public struct CivilDay: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01; negative before it.
  public let number: Int32

  /// The day that many days after 1970-01-01.
  public init(number: Int32) {
    self.number = number
  }

  /// Nil unless the date exists and its year lies in 1...9999.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9_999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.lengthOfMonth(month, year: year)
    else { return nil }
    self.init(number: Self.number(year: year, month: month, day: day))
  }

  /// Year, month 1...12, day 1...31.
  public var date: (year: Int, month: Int, day: Int) {
    let shifted = Int(number) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// 1 = Monday ... 7 = Sunday (ISO 8601). 1970-01-01 was a Thursday.
  public var weekday: Int {
    let remainder = (Int(number) + 3) % 7
    return (remainder < 0 ? remainder + 7 : remainder) + 1
  }

  /// The Monday of the day's ISO week.
  public var startOfWeek: CivilDay {
    CivilDay(number: number - Int32(weekday - 1))
  }

  /// The first day of the day's month.
  public var startOfMonth: CivilDay {
    CivilDay(number: number - Int32(date.day - 1))
  }

  /// `2026-03-01`
  public var description: String {
    let date = date
    return
      "\(Self.padded(date.year, to: 4))-\(Self.padded(date.month, to: 2))-\(Self.padded(date.day, to: 2))"
  }

  /// Earlier.
  public static func < (left: Self, right: Self) -> Bool { left.number < right.number }

  /// 28 to 31; `month` in 1...12.
  public static func lengthOfMonth(_ month: Int, year: Int) -> Int {
    switch month {
    case 2:
      year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31  // Months are 1...12.
    }
  }

  private static func number(year: Int, month: Int, day: Int) -> Int32 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int32(era * 146_097 + dayOfEra - 719_468)
  }

  private static func padded(_ value: Int, to width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension CivilDay: CustomStringConvertible {}

extension CivilDay {
  /// The day whose midnight UTC the microseconds name: how a day-precise claim is kept.
  public init(utcMidnight microseconds: Int64) {
    self.init(number: Int32(clamping: microseconds.flooredQuotient(dividingBy: 86_400_000_000)))
  }

  /// Midnight UTC, in microseconds since 1970.
  public var utcMidnight: Int64 { Int64(number) * 86_400_000_000 }
}

extension CivilDay {
  /// Nil unless the text has the form `2026-03-01` and names a day that exists.
  public init?(written text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.map(\.utf8.count) == [4, 2, 2],
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }
}
