import LedgerCore

/// A vocabulary of attributes, and the answers to them as counters.
struct IndexExample {
  private(set) var vocabulary = Vocabulary()
  private(set) var counts = MeasureCounts()

  /// Adds answers to one attribute.
  mutating func answer(
    _ question: String, _ values: [Int32], scale: ClosedRange<Int32> = 0...100,
    isLowerBetter: Bool = false, weightMilli: UInt32 = 0
  ) {
    let slot = AnswerSlot(
      question: question, metric: .csi, scale: scale, isLowerBetter: isLowerBetter,
      weightMilli: weightMilli)
    let shape = vocabulary.intern(AnswerShape(slots: [slot]))
    for number in vocabulary.slots(ofShape: shape) {
      for value in values {
        counts =
          counts + MeasureCounts(.csi, [IndexBucket(key: number, value: value).rawValue: 1])
      }
    }
  }

  /// Adds a respondent who answered so many attributes with that sum.
  mutating func respond(attributes: UInt32, sum: Int32) {
    counts =
      counts
      + MeasureCounts(.csiRespondent, [IndexBucket(key: attributes, value: sum).rawValue: 1])
  }

  func score(_ id: String) throws -> Score {
    try LedgerCoreTests.score(id, counts, vocabulary)
  }
}
