/// Which answers a score reads: those of one measure that were given on one scale. Answers on any
/// other scale are counted beside the score and never mixed in: thresholds of 0...10 read over a
/// scale of 1...4 once made every customer a detractor.
public struct AnswerScale: Sendable, Hashable {
  /// One of `nps`, `csat`, `ces`.
  public let measure: Measure
  /// The lowest and the highest answer; for `ces` of the *ease*, where a high number is an easy
  /// one whatever the survey asked.
  public let values: ClosedRange<Int32>

  /// Nil for a measure without a scale of its own, for a scale of one value, and for one whose ends
  /// do not fit in 16 bits, which no counter could hold.
  public init?(_ measure: Measure, values: ClosedRange<Int32>) {
    guard Self.measures.contains(measure), values.lowerBound < values.upperBound,
      Int16(exactly: values.lowerBound) != nil, Int16(exactly: values.upperBound) != nil
    else { return nil }
    self.init(valid: measure, values)
  }

  /// Recommendation, 0...10.
  public static let nps = AnswerScale(valid: .nps, 0...10)
  /// Satisfaction, 1...5.
  public static let csat = AnswerScale(valid: .csat, 1...5)
  /// Ease, 1...7.
  public static let ces = AnswerScale(valid: .ces, 1...7)

  private static let measures: Set<Measure> = [.nps, .csat, .ces]

  private init(valid measure: Measure, _ values: ClosedRange<Int32>) {
    self.measure = measure
    self.values = values
  }
}
