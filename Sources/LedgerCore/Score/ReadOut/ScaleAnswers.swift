/// The answers on one scale, and how many there were on others.
struct ScaleAnswers {
  let histogram: IntegerHistogram
  let onOtherScales: Int64

  init(_ counts: MeasureCounts, on scale: AnswerScale) {
    var answers: [(Int64, Int64)] = []
    var others: Int64 = 0
    for cell in counts[scale.measure] {
      let answer = AnswerBucket(rawValue: cell.bucket)
      if answer.scaleMin == scale.values.lowerBound, answer.scaleMax == scale.values.upperBound {
        answers.append((Int64(answer.value), cell.count))
      } else {
        others += cell.count
      }
    }
    histogram = IntegerHistogram(answers)
    onOtherScales = others
  }

  var notes: [ScoreNote] {
    onOtherScales == 0 ? [] : [.answersOnOtherScales(onOtherScales)]
  }

  /// How many answers lie in the range.
  func count(in values: some RangeExpression<Int64>) -> Int64 {
    histogram.bins.reduce(0) { $0 + (values.contains($1.value) ? $1.count : 0) }
  }

  /// Sorted into three classes.
  func classes(_ buckets: NetBuckets) -> NetCounts {
    let low = count(in: ...Int64(buckets.lowMax))
    let high = count(in: Int64(buckets.highMin)...)
    return NetCounts(
      detractors: low, passives: histogram.count - low - high, promoters: high)
  }
}
