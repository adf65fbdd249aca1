import LedgerSchema

/// Which logs are given detached texts.
///
/// Texts are withheld from a log where its enrolment says so, or a later word about it; the same holds for the logs
/// that go on from it, until there is a word about them.
struct TextGrants: Sendable {
  /// By log: whether texts are withheld, by the enrolment and by a word of its own.
  private var enrolments: [LogID: Bool] = [:]
  /// By log, and then by the log that the newest word stands in.
  private var words: [LogID: [LogID: Bool]] = [:]

  mutating func note(_ enrolment: Scorebook_V1_SiteEnrolled) {
    guard let log = LogID(bytes: enrolment.log) else { return }
    // Of two enrolments the one that withholds: it can be ended, what was read cannot be taken back.
    enrolments[log] = enrolments[log] ?? false || enrolment.withoutText
  }

  /// In the order of the author's log: its newest word counts.
  mutating func note(_ word: Scorebook_V1_TextsWithheld, by author: LogID) {
    guard let log = LogID(bytes: word.log) else { return }
    words[log, default: [:]][author] = !word.ended
  }

  /// `predecessor`: of a log, where it inherits from one.
  /// `outranks`: whether the first log's word counts before the second's.
  func withholds(
    from log: LogID, predecessor: (LogID) -> LogID?, outranks: (LogID, LogID) -> Bool
  ) -> Bool {
    var current: LogID? = log
    var seen: Set<LogID> = []
    while let next = current, seen.insert(next).inserted {
      if let said = words[next] { return withholds(said, outranks) }
      if let isWithheld = enrolments[next] { return isWithheld }
      current = predecessor(next)
    }
    return false
  }

  /// Of two words of equal rank the one that withholds, as of two enrolments.
  private func withholds(_ said: [LogID: Bool], _ outranks: (LogID, LogID) -> Bool) -> Bool {
    let ends = said.filter { !$0.value }.keys
    let withheld = said.filter(\.value).keys
    return withheld.contains { author in !ends.contains { outranks($0, author) } }
  }
}
