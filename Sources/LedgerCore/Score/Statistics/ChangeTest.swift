/// A change between two windows, tested: is it more than the luck of who answered?
public struct ChangeTest: Hashable, Sendable {
  /// The plain difference of the two shown scores.
  public let observed: Double
  /// The difference the test is about, with its interval. Equal to `observed` but where the test
  /// shrinks the scores first (``NetCounts/change(to:confidence:)``).
  public let estimate: ValueInterval
  /// Of the estimate, in its unit.
  public let standardError: Double
  /// Estimate over standard error: z, or t where there are degrees of freedom.
  public let statistic: Double
  /// Nil for a z-test.
  public let degreesOfFreedom: Double?
  /// Two-sided.
  public let probability: Double
}

extension ChangeTest {
  /// A t-test of a difference.
  ///
  /// - Precondition: `standardError` is positive.
  init(
    difference: Double, standardError: Double, degreesOfFreedom: Double, confidence: Confidence
  ) {
    let student = StudentDistribution(degreesOfFreedom: degreesOfFreedom)
    let reach = student.upperQuantile(confidence.tail) * standardError
    self.init(
      observed: difference,
      estimate: ValueInterval(value: difference, reach: reach),
      standardError: standardError,
      statistic: difference / standardError,
      degreesOfFreedom: degreesOfFreedom,
      probability: student.bothTails(difference / standardError))
  }
}
