import LedgerCore
import Testing

extension MeasureCounts {
  /// Counters of one measure, by bucket.
  init(_ measure: Measure, _ buckets: KeyValuePairs<Int64, Int64>) {
    self.init(
      cells: buckets.map {
        (CounterKey(measure: measure, group: 0, period: 0, bucket: $0.key), $0.value)
      })
  }

  /// Answers on a scale: value and how often.
  init(answersOn scale: AnswerScale, _ answers: KeyValuePairs<Int32, Int64>) {
    self.init(
      cells: answers.map { value, count in
        let bucket = AnswerBucket(
          scaleMin: scale.values.lowerBound, scaleMax: scale.values.upperBound, value: value)
        let key = CounterKey(
          measure: scale.measure, group: 0, period: 0, bucket: bucket.rawValue)
        return (key, count)
      })
  }

  /// Durations in whole seconds, each once.
  init(_ measure: Measure, seconds: [Int64]) {
    self.init(
      cells: seconds.map {
        (CounterKey(measure: measure, group: 0, period: 0, bucket: $0), 1)
      })
  }
}

/// The score of a built-in definition.
func score(
  _ id: String, _ counts: MeasureCounts, _ vocabulary: Vocabulary = Vocabulary()
) throws -> Score {
  let definition = try #require(BuiltInMetrics.definition(id))
  return ScoreReadOut.score(definition, of: counts, vocabulary: vocabulary)
}

/// Whether value and both ends are those printed in the specification.
func isClose(
  _ score: Score, _ value: Double, _ ends: ClosedRange<Double>, within tolerance: Double = 5e-4
) -> Bool {
  isClose(score.value, value, within: tolerance)
    && isClose(score.low, ends.lowerBound, within: tolerance)
    && isClose(score.high, ends.upperBound, within: tolerance)
}
