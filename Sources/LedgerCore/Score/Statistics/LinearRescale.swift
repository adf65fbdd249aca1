/// A straight line from one scale to another: minutes from seconds, 0...100 from 1...5, ease from
/// effort.
public struct LinearRescale: Hashable, Sendable {
  /// Negative where the scale is reversed.
  public let factor: Double
  /// In the unit of the target scale.
  public let offset: Double

  /// The line `value * factor + offset`.
  public init(factor: Double, offset: Double = 0) {
    self.factor = factor
    self.offset = offset
  }

  /// The line that takes the ends of one scale to the ends of another; nil if `source` is a point.
  public init?(from source: ClosedRange<Double>, to target: ClosedRange<Double>) {
    let width = source.upperBound - source.lowerBound
    guard width > 0 else { return nil }
    let factor = (target.upperBound - target.lowerBound) / width
    self.init(factor: factor, offset: target.lowerBound - source.lowerBound * factor)
  }

  /// The line that swaps the ends of a scale, so that a high effort becomes a low ease.
  public init(reversing scale: ClosedRange<Double>) {
    self.init(factor: -1, offset: scale.lowerBound + scale.upperBound)
  }

  /// The value on the target scale.
  public func callAsFunction(_ value: Double) -> Double {
    value * factor + offset
  }

  /// A falling line swaps the ends of the interval.
  public func callAsFunction(_ interval: ValueInterval) -> ValueInterval {
    let ends = [self(interval.low), self(interval.high)]
    return ValueInterval(
      value: self(interval.value), low: min(ends[0], ends[1]), high: max(ends[0], ends[1]))
  }
}
