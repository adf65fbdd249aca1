extension ScoreReadOut {
  /// The mean of the respondents' own means, with Student's t interval over the respondents.
  static func respondentIndex(
    _ counts: MeasureCounts, _ vocabulary: Vocabulary, _ confidence: Confidence
  ) -> Reading {
    let answers = IndexAnswers(counts, vocabulary)
    let isMixed = Set(answers.slots.map(\.slot.scale)).count > 1 || answers.reversedCount > 0
    guard !isMixed else { return Reading(without: .respondentSumsMixScales) }
    let means = RespondentMeans(counts)
    return Reading(
      means.mean, means.interval(confidence), n: means.count,
      counts: ["respondents": means.count, "answers": means.answers])
  }
}

/// The means of respondents who answered different numbers of attributes.
struct RespondentMeans {
  /// Respondents with the same sum over the same number of attributes.
  private let cells: [(attributes: Int64, sum: Int64, count: Int64)]

  /// Ascending by attributes answered, as the buckets are: the order of addition is fixed.
  init(_ counts: MeasureCounts) {
    cells = counts[.csiRespondent].compactMap { cell in
      let bucket = IndexBucket(rawValue: cell.bucket)
      return bucket.key == 0 ? nil : (Int64(bucket.key), Int64(bucket.value), cell.count)
    }
  }

  /// How many respondents there are.
  var count: Int64 { cells.reduce(0) { $0 + $1.count } }

  /// How many attributes they answered together.
  var answers: Int64 { cells.reduce(0) { $0 + $1.attributes * $1.count } }

  /// Nil over nothing. Sums are pooled by how many attributes were answered, in whole numbers, so
  /// that there is one rounding for each such number.
  var mean: Double? {
    guard count > 0 else { return nil }
    var sums: [Int64: Int64] = [:]
    for cell in cells { sums[cell.attributes, default: 0] += cell.sum * cell.count }
    let pooled = sums.sorted { $0.key < $1.key }.map { Double($0.value) / Double($0.key) }
    return pooled.reduce(0, +) / Double(count)
  }

  /// Nil for fewer than two respondents.
  func interval(_ confidence: Confidence) -> ValueInterval? {
    guard let mean, count >= 2 else { return nil }
    let squares = cells.reduce(0.0) { partial, cell in
      let distance = Double(cell.sum) / Double(cell.attributes) - mean
      return partial + distance * distance * Double(cell.count)
    }
    let standardError = (squares / Double(count - 1) / Double(count)).squareRoot()
    let student = StudentDistribution(degreesOfFreedom: Double(count - 1))
    return ValueInterval(
      value: mean, reach: student.upperQuantile(confidence.tail) * standardError)
  }
}
