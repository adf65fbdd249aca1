extension ScoreReadOut {
  static func index(
    _ mean: IndexMean, _ weights: IndexWeights, _ counts: MeasureCounts,
    _ vocabulary: Vocabulary, _ confidence: Confidence
  ) -> Reading {
    switch mean {
    case .equal:
      attributeIndex(counts, vocabulary) { SatisfactionIndex.meanOfAttributes($0.map(\.total)) }
    case .pooled:
      attributeIndex(counts, vocabulary) { SatisfactionIndex.pooledMean($0.map(\.total)) }
    case .weighted:
      weightedIndex(weights, counts, vocabulary)
    case .respondent:
      respondentIndex(counts, vocabulary, confidence)
    }
  }

  private static func weightedIndex(
    _ weights: IndexWeights, _ counts: MeasureCounts, _ vocabulary: Vocabulary
  ) -> Reading {
    var notes: [ScoreNote] = []
    var reading = attributeIndex(counts, vocabulary) { attributes in
      let attributes = attributes.map { $0.weighed(by: weights) }
      notes = weightNotes(of: attributes)
      let weighted = attributes.compactMap(\.weighted)
      // An attribute without a weight is not one of weight 0.
      guard weighted.count == attributes.count else { return nil }
      return SatisfactionIndex.weightedMean(weighted)
    }
    reading.notes += notes
    return reading
  }

  /// Without an interval: the attributes of one respondent go together, and their counters do not
  /// say how much.
  private static func attributeIndex(
    _ counts: MeasureCounts, _ vocabulary: Vocabulary, mean: ([IndexAttribute]) -> Double?
  ) -> Reading {
    let answers = IndexAnswers(counts, vocabulary)
    guard let scale = IndexScale(answers) else {
      return Reading(without: .scalesWithoutCommonMeasure)
    }
    let attributes = IndexAttribute.all(of: answers, on: scale)
    let count = attributes.reduce(0) { $0 + $1.total.count }
    var reading = Reading(
      mean(attributes).map(scale.points), n: count,
      counts: ["attributes": Int64(attributes.count), "answers": count])
    // An index is as stable as its weakest attribute.
    reading.stabilityCount = attributes.map(\.total.count).min()
    reading.figures = attributes.compactMap { attribute in
      attribute.total.mean().map {
        Score.Figure(name: attribute.question, value: scale.points($0))
      }
    }
    reading.notes = notes(of: answers, isRescaled: scale.isRescaled)
    return reading
  }

  private static func notes(of answers: IndexAnswers, isRescaled: Bool) -> [ScoreNote] {
    var notes: [ScoreNote] = []
    if isRescaled { notes.append(.attributesRescaled) }
    if answers.reversedCount > 0 { notes.append(.attributesReversed(answers.reversedCount)) }
    if answers.unreadable > 0 { notes.append(.answersUnreadable(answers.unreadable)) }
    return notes
  }

  private static func weightNotes(of attributes: [IndexAttribute]) -> [ScoreNote] {
    var notes: [ScoreNote] = []
    let missing = attributes.count { $0.weight == nil }
    let differing = attributes.count(where: \.hasSeveralWeights)
    if missing > 0 { notes.append(.weightsMissing(missing)) }
    if differing > 0 { notes.append(.weightsDiffer(differing)) }
    return notes
  }
}

extension IndexAttribute {
  /// Nil if no answer states its weight.
  fileprivate var weighted: SatisfactionIndex.WeightedTotal? {
    weight.map { SatisfactionIndex.WeightedTotal(total: total, weight: $0) }
  }
}
