import Foundation

/// How the end of a certificate's time is told.
enum DayText {
  /// In UTC, such as 2027-03-01.
  static func of(_ date: Date) -> String {
    date.formatted(.iso8601.year().month().day())
  }
}
