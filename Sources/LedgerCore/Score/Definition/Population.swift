/// Which answers a score reads, of those that count at all: not retracted, inside their scale, and without a flag
/// that excludes them (test, staff, duplicate, spam, excluded by the source).
public struct Population: Sendable, Hashable {
  /// The questions whose answers are read, ascending, each once; empty: all that feed the measure.
  public let questions: [String]
  /// Leaves out the answers of responses that were never completed.
  public let completedOnly: Bool

  /// Everything that counts.
  public static let scored = Population()

  /// Questions are sorted; one named twice counts once.
  public init(questions: [String] = [], completedOnly: Bool = false) {
    self.questions = Set(questions).sorted()
    self.completedOnly = completedOnly
  }
}
