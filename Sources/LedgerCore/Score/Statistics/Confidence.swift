/// How sure an interval is meant to be: the share of all samples whose interval covers the truth.
public struct Confidence: Hashable, Sendable {
  /// In 50..<100.
  public let percent: Double

  /// Nil unless `percent` is at least 50 and below 100.
  public init?(percent: Double) {
    guard percent >= 50, percent < 100 else { return nil }
    self.init(validPercent: percent)
  }

  /// Misses the truth once in ten samples.
  public static let percent90 = Confidence(validPercent: 90)
  /// Misses the truth once in twenty samples; the default everywhere.
  public static let percent95 = Confidence(validPercent: 95)
  /// Misses the truth once in a hundred samples.
  public static let percent99 = Confidence(validPercent: 99)

  private init(validPercent percent: Double) {
    self.percent = percent
  }

  /// The probability left out on each side: 0.025 at 95 %.
  public var tail: Double { (100 - percent) / 200 }

  /// The reach of a normal interval in standard errors: 1.96 at 95 %.
  public var normalDeviate: Double { -NormalDistribution.quantile(tail) }
}
