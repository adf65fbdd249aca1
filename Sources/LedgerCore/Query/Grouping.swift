/// One way to split a score.
public enum Grouping: Hashable, Sendable {
  /// By the value of a label; items without it form a group of their own.
  case label(String)
  case day
  /// ISO 8601: weeks start on Monday.
  case week
  case month
  case quarter
  case year

  /// By the place that a score is counted for.
  public static let site = Grouping.label(Label.site)

  /// Nil for the words that are periods; every other word is a label's key.
  public init(_ word: some StringProtocol) {
    switch word {
    case "day": self = .day
    case "week": self = .week
    case "month": self = .month
    case "quarter": self = .quarter
    case "year": self = .year
    default: self = .label(String(word))  // Labels have any name.
    }
  }

  /// The word that names it on a command line and in a column header.
  public var word: String {
    switch self {
    case .label(let key): key
    case .day: "day"
    case .week: "week"
    case .month: "month"
    case .quarter: "quarter"
    case .year: "year"
    }
  }

  /// The label's key; nil for a period.
  public var labelKey: String? {
    if case .label(let key) = self { return key }
    return nil
  }
}

extension CivilDay {
  /// The first day of the period that the day lies in; the day itself for a label.
  public func start(of grouping: Grouping) -> CivilDay {
    let date = date
    switch grouping {
    case .label, .day: return self
    case .week: return startOfWeek
    case .month: return startOfMonth
    case .quarter:
      return CivilDay(year: date.year, month: (date.month - 1) / 3 * 3 + 1, day: 1) ?? self
    case .year: return CivilDay(year: date.year, month: 1, day: 1) ?? self
    }
  }

  /// How a period that starts on this day is written: `2026-03`, `2026-W11`, `2026-Q1`, `2026`.
  public func text(of grouping: Grouping) -> String {
    let date = date
    switch grouping {
    case .label, .day: return description
    case .month: return String(description.prefix(7))
    case .quarter: return "\(date.year)-Q\((date.month - 1) / 3 + 1)"
    case .year: return String(date.year)
    case .week:
      // The year of an ISO week is the year of its Thursday.
      let thursday = CivilDay(number: startOfWeek.number + 3)
      let january = CivilDay(year: thursday.date.year, month: 1, day: 1) ?? thursday
      let week = (thursday.number - january.number) / 7 + 1
      return "\(thursday.date.year)-W\(week < 10 ? "0" : "")\(week)"
    }
  }
}
