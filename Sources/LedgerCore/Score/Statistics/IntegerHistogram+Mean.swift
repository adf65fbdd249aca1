extension IntegerHistogram {
  /// The mean with Student's t interval on n - 1 degrees of freedom; nil for fewer than two values,
  /// as one value has a ``mean`` but no spread. A point if all values are equal.
  ///
  /// Source: Student, "The Probable Error of a Mean", Biometrika 6 (1908).
  public func meanInterval(_ confidence: Confidence = .percent95) -> ValueInterval? {
    guard let mean, let variance else { return nil }
    let student = StudentDistribution(degreesOfFreedom: Double(count - 1))
    let standardError = (variance / Double(count)).squareRoot()
    return ValueInterval(
      value: mean, reach: student.upperQuantile(confidence.tail) * standardError)
  }

  /// The change to a later mean, by Welch's t-test for unequal variances. Nil if either side has
  /// fewer than two values, or if neither varies at all: then there is no error to compare with.
  ///
  /// Source: B. L. Welch, "The Generalization of 'Student's' Problem when Several Different
  /// Population Variances are Involved", Biometrika 34 (1947).
  public func meanChange(
    to later: IntegerHistogram, confidence: Confidence = .percent95
  ) -> ChangeTest? {
    guard let mean, let variance, let laterMean = later.mean, let laterVariance = later.variance
    else { return nil }
    let share = variance / Double(count)
    let laterShare = laterVariance / Double(later.count)
    let square = share + laterShare
    guard square > 0 else { return nil }
    let weighted =
      share * share / Double(count - 1) + laterShare * laterShare / Double(later.count - 1)
    return ChangeTest(
      difference: laterMean - mean,
      standardError: square.squareRoot(),
      // Never below 1 in exact arithmetic; rounding might take it a bit below.
      degreesOfFreedom: max(1, square * square / weighted),
      confidence: confidence)
  }
}
