import LedgerSchema

/// Which logs are given detached texts.
///
/// Texts are withheld from a log where its enrolment says so, or a later word about it; the same holds for the logs
/// that go on from it, until there is a word about them.
struct TextGrants: Sendable {
  /// By log: whether texts are withheld, by the enrolment and by a word of its own.
  private var enrolments: [LogID: Bool] = [:]
  private var words: [LogID: Bool] = [:]

  mutating func note(_ enrolment: Scorebook_V1_SiteEnrolled) {
    guard let log = LogID(bytes: enrolment.log) else { return }
    // Of two enrolments the one that withholds: it can be ended, what was read cannot be taken back.
    enrolments[log] = enrolments[log] ?? false || enrolment.withoutText
  }

  /// In canonical order: the newest word counts.
  mutating func note(_ word: Scorebook_V1_TextsWithheld) {
    guard let log = LogID(bytes: word.log) else { return }
    words[log] = !word.ended
  }

  /// `predecessor`: of a log, where it inherits from one.
  func withholds(from log: LogID, predecessor: (LogID) -> LogID?) -> Bool {
    var current: LogID? = log
    var seen: Set<LogID> = []
    while let next = current, seen.insert(next).inserted {
      if let isWithheld = words[next] ?? enrolments[next] { return isWithheld }
      current = predecessor(next)
    }
    return false
  }
}
