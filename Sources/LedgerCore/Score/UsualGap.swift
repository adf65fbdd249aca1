/// How long it usually takes until something comes from a site again, and whether it is overdue.
///
/// Counted in days on which something came, so that a shop which sends a thousand answers before noon is not called
/// silent in the afternoon. The usual gap is the one that nineteen of twenty do not exceed (nearest rank).
package struct UsualGap: Sendable {
  /// So many of the newest days are looked at.
  package static let daysLookedAt = 64
  /// Fewer gaps than that tell no habit.
  package static let gapsMin = 4
  /// Silent: longer than so many usual gaps,
  package static let factor: Int32 = 3
  /// and at least so many days.
  package static let silentDaysMin: Int32 = 2

  private let last: Int32
  private let usual: Int32

  /// Nil where too few days are known.
  ///
  /// `days`: numbers of the days on which something came, in any order; repeated ones count once.
  package init?(days: some Sequence<Int32>) {
    let newest = Set(days).sorted().suffix(Self.daysLookedAt)
    guard let last = newest.last, newest.count > Self.gapsMin else { return nil }
    let gaps = zip(newest, newest.dropFirst()).map { $1 - $0 }.sorted()
    self.last = last
    usual = gaps[(gaps.count * 95 + 99) / 100 - 1]
  }

  /// For how many days nothing came; nil while that is not unusual.
  package func silentDays(on day: Int32) -> Int? {
    let days = day - last
    guard days >= Self.silentDaysMin, days > Self.factor * usual else { return nil }
    return Int(days)
  }
}
