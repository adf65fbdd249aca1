/// How many responses a question needs.
///
/// Variances are per response on the scale where a class counts 1 (``NetCounts/variance``): 0.45 is
/// usual for NPS, 1 the worst case. Distances are in points, 100 to that unit.
public enum SampleSize {
  /// The responses of a sample whose Wald interval reaches `points` to each side. Variance 0.45,
  /// 10 points: 173.
  ///
  /// - Precondition: `points` is positive.
  public static func margin(
    points: Double, variance: Double, confidence: Confidence = .percent95
  ) -> Int64 {
    count(deviate: confidence.normalDeviate, variance: variance, points: points)
  }

  /// The responses of each arm of an experiment that finds a difference of `points` with
  /// probability `power`. Both variances 0.45, 10 points, 80 %: 707.
  ///
  /// - Precondition: `points` is positive; `power` lies strictly between 0 and 1.
  public static func perArm(
    points: Double, variances: (Double, Double), confidence: Confidence = .percent95,
    power: Double = 0.8
  ) -> Int64 {
    count(
      deviate: confidence.normalDeviate + NormalDistribution.quantile(power),
      variance: variances.0 + variances.1,
      points: points)
  }

  /// What a standard error shrinks by when the sample is a good part of a known population:
  /// the root of (N - n) / (N - 1). 1 for one response, 0 when everybody answered. Nil if nobody
  /// did, or if more did than there are.
  public static func finitePopulationFactor(sample: Int64, population: Int64) -> Double? {
    guard sample > 0, sample <= population else { return nil }
    guard sample < population else { return 0 }
    return (Double(population - sample) / Double(population - 1)).squareRoot()
  }

  private static func count(deviate: Double, variance: Double, points: Double) -> Int64 {
    precondition(points > 0, "A distance is positive; got \(points).")
    let ratio = 100 * deviate / points
    return Int64((ratio * ratio * variance).rounded(.up))
  }
}
