/// A score and the interval that goes with it, all three in the score's own unit.
///
/// The value always lies inside: `low <= value <= high`. There is no empty case; a score over
/// nothing is a nil `ValueInterval`, never 0 and never NaN.
public struct ValueInterval: Hashable, Sendable {
  /// The score as observed.
  public let value: Double
  /// At most the value.
  public let low: Double
  /// At least the value.
  public let high: Double

  /// An interval with the ends as they are.
  ///
  /// - Precondition: `low <= value <= high`, so none of them is NaN.
  public init(value: Double, low: Double, high: Double) {
    precondition(
      low <= value && value <= high,
      "A value lies in its interval; got \(value) outside \(low)...\(high).")
    self.value = value
    self.low = low
    self.high = high
  }

  /// Cuts the ends to the score's domain, then widens them until they reach the value.
  ///
  /// The widening absorbs the last bit of rounding, and one true case: an adjusted interval is laid
  /// around a shrunken score, and over a single response may fall just short of the observed one.
  init(value: Double, low: Double, high: Double, within domain: ClosedRange<Double>) {
    self.init(
      value: value,
      low: min(value, max(low, domain.lowerBound)),
      high: max(value, min(high, domain.upperBound)))
  }

  /// An interval that reaches equally far to both sides.
  ///
  /// - Precondition: `reach` is not negative.
  init(value: Double, reach: Double) {
    self.init(value: value, low: value - reach, high: value + reach)
  }
}
