/// One number out of several attributes: price, quality, service. The means do not agree with each
/// other in general, so each has its name.
public enum SatisfactionIndex {
  /// An attribute and how much it matters.
  public struct WeightedTotal: Hashable, Sendable {
    /// The attribute's scores.
    public let total: ScoreTotal
    /// Not negative; only its proportion to the other weights matters.
    public let weight: Double

    /// Pairs them; the weight is judged where it is used.
    public init(total: ScoreTotal, weight: Double) {
      self.total = total
      self.weight = weight
    }
  }

  /// The mean of the attribute means: the default. 65, 50, 60 gives 58.33. Nil without attributes,
  /// or if one of them has fewer than `countMin` scores.
  public static func meanOfAttributes(
    _ attributes: [ScoreTotal], countMin: Int64 = 1
  ) -> Double? {
    weightedMean(attributes.map { WeightedTotal(total: $0, weight: 1) }, countMin: countMin)
  }

  /// The weighted mean of the attribute means; weights need not add up to 1. 65, 50, 60 under .5,
  /// .3, .2 gives 59.5. Nil without attributes, if one of them has fewer than `countMin` scores, if
  /// a weight is negative, or if all are 0.
  public static func weightedMean(
    _ attributes: [WeightedTotal], countMin: Int64 = 1
  ) -> Double? {
    var sum = 0.0
    var weights = 0.0
    for attribute in attributes {
      guard attribute.weight >= 0, attribute.total.count >= countMin,
        let mean = attribute.total.mean()
      else { return nil }
      sum += attribute.weight * mean
      weights += attribute.weight
    }
    return weights > 0 ? sum / weights : nil
  }

  /// All scores in one pot, so that an attribute answered more often weighs more. Nil over nothing.
  public static func pooledMean(_ attributes: [ScoreTotal]) -> Double? {
    attributes.reduce(.zero, +).mean()
  }

  /// The mean of the respondents' own means; who scored nothing is left out. Nil over nothing.
  ///
  /// Sums are pooled by how many attributes a respondent scored, in integers, so that the result
  /// does not depend on the order of the respondents, to the last bit.
  public static func meanOfRespondents(_ respondents: some Sequence<ScoreTotal>) -> Double? {
    var sums: [Int64: ScoreTotal] = [:]
    for respondent in respondents where respondent.count > 0 {
      let one = ScoreTotal(sum: respondent.sum, count: 1)
      sums[respondent.count] = sums[respondent.count, default: .zero] + one
    }
    let count = sums.values.reduce(0) { $0 + $1.count }
    guard count > 0 else { return nil }
    let means = sums.sorted { $0.key < $1.key }.map { Double($0.value.sum) / Double($0.key) }
    return means.reduce(0, +) / Double(count)
  }

  /// The American Customer Satisfaction Index, 0...100, from attributes scored 1...10: the weighted
  /// mean of (mean - 1) / 9 * 100. 8, 7, 6 gives 66.67 under equal weights. Nil as for
  /// ``weightedMean(_:countMin:)``.
  ///
  /// Source: C. Fornell et al., "The American Customer Satisfaction Index", Journal of Marketing 60
  /// (1996).
  public static func acsi(_ attributes: [WeightedTotal], countMin: Int64 = 1) -> Double? {
    weightedMean(attributes, countMin: countMin).map { ($0 - 1) / 9 * 100 }
  }
}
