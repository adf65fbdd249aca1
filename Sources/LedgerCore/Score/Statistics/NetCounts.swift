/// Responses in three classes, for scores of the form "share of promoters less share of
/// detractors": NPS, and net effort with difficult, neutral and easy in their places.
public struct NetCounts: Hashable, Sendable {
  /// NPS: answers 0 to 6.
  public let detractors: Int64
  /// NPS: answers 7 and 8.
  public let passives: Int64
  /// NPS: answers 9 and 10.
  public let promoters: Int64

  /// - Precondition: No count is negative.
  public init(detractors: Int64, passives: Int64, promoters: Int64) {
    precondition(
      min(detractors, passives, promoters) >= 0,
      "Counts are not negative; got \(detractors)/\(passives)/\(promoters).")
    self.detractors = detractors
    self.passives = passives
    self.promoters = promoters
  }

  /// How many gave a valid score. Whoever skipped the question is counted elsewhere.
  public var count: Int64 { detractors + passives + promoters }

  /// Promoters count 1, detractors -1.
  public var total: ScoreTotal { ScoreTotal(sum: promoters - detractors, count: count) }

  /// 100 (P - D) / n, in -100...100; nil over nothing. 10/30/60 gives 50.
  public var score: Double? { total.mean(pointsPerUnit: 100) }

  /// The variance of one response on the scale -1, 0, 1: v = p + d - (p - d)^2, in 0...1; nil over
  /// nothing. 1/2/3 gives 5/9.
  public var variance: Double? {
    count == 0 ? nil : NetShares(of: self).variance
  }

  /// The same responses under the opposite sign: difficult less easy instead of easy less
  /// difficult.
  public var reversed: NetCounts {
    NetCounts(detractors: promoters, passives: passives, promoters: detractors)
  }

  /// Both sets of responses, which have none in common.
  public static func + (left: Self, right: Self) -> Self {
    NetCounts(
      detractors: left.detractors + right.detractors,
      passives: left.passives + right.passives,
      promoters: left.promoters + right.promoters)
  }
}

/// Detractors and promoters as shares of a count, which may include pseudo-responses.
struct NetShares {
  let detractors: Double
  let promoters: Double
  let count: Double

  /// Adds `extra` pseudo-responses: a quarter detractors, a half passives, a quarter promoters.
  /// Responses and pseudo-responses together are not 0.
  init(of counts: NetCounts, extra: Double = 0) {
    count = Double(counts.count) + extra
    detractors = (Double(counts.detractors) + extra / 4) / count
    promoters = (Double(counts.promoters) + extra / 4) / count
  }

  /// In points.
  var score: Double { 100 * (promoters - detractors) }

  /// p + d - (p - d)^2, written as a sum of terms that cannot fall below 0 by rounding.
  var variance: Double {
    promoters * (1 - promoters) + detractors * (1 - detractors) + 2 * promoters * detractors
  }

  /// In points.
  var standardError: Double { 100 * (variance / count).squareRoot() }
}
