/// How many of a number succeeded: satisfied of answered, answered of delivered, reopened of
/// solved.
public struct ProportionCounts: Hashable, Sendable {
  /// In 0...count.
  public let successes: Int64
  /// All, successes included.
  public let count: Int64

  /// - Precondition: `0 <= successes <= count`.
  public init(successes: Int64, of count: Int64) {
    precondition(
      successes >= 0 && successes <= count,
      "Successes are part of the count; got \(successes) of \(count).")
    self.successes = successes
    self.count = count
  }

  /// In 0...100; nil over nothing.
  public var percent: Double? {
    ScoreTotal(sum: successes, count: count).mean(pointsPerUnit: 100)
  }

  /// The percentage with its Wilson score interval; nil over nothing. 84 of 100 gives 84,
  /// 75.580...89.905; 0 of 5 gives 0, 0...43.448.
  ///
  /// Source: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference",
  /// Journal of the American Statistical Association 22 (1927).
  public func wilson(_ confidence: Confidence = .percent95) -> ValueInterval? {
    guard let percent else { return nil }
    let n = Double(count)
    let share = Double(successes) / n
    let deviate = confidence.normalDeviate
    let square = deviate * deviate
    let centre = (share + square / (2 * n)) / (1 + square / n)
    let spread = (share * (1 - share) / n + square / (4 * n * n)).squareRoot()
    let reach = deviate * spread / (1 + square / n)
    return ValueInterval(
      value: percent, low: 100 * (centre - reach), high: 100 * (centre + reach), within: 0...100)
  }

  /// The change to a later proportion in percentage points, -100...100, with Newcombe's hybrid
  /// score interval; nil if either is over nothing. 84/100 to 76/100 gives -8, -18.959...3.150.
  ///
  /// Source: R. G. Newcombe, "Interval Estimation for the Difference Between Independent
  /// Proportions", Statistics in Medicine 17 (1998), method 10.
  public func change(
    to later: ProportionCounts, confidence: Confidence = .percent95
  ) -> ValueInterval? {
    guard let before = wilson(confidence), let after = later.wilson(confidence) else { return nil }
    let difference = after.value - before.value
    let fall = Self.hypotenuse(after.value - after.low, before.high - before.value)
    let rise = Self.hypotenuse(after.high - after.value, before.value - before.low)
    return ValueInterval(
      value: difference, low: difference - fall, high: difference + rise, within: -100...100)
  }

  private static func hypotenuse(_ a: Double, _ b: Double) -> Double {
    (a * a + b * b).squareRoot()
  }
}
