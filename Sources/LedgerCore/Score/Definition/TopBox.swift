/// The answers that count as satisfied: all from a threshold upwards.
public struct TopBox: Sendable, Hashable {
  /// The answers that are read.
  public let scale: AnswerScale
  /// The lowest answer that counts.
  public let threshold: Int32

  /// Nil unless the threshold lies on the scale, above its lowest value: otherwise every answer
  /// would count.
  public init?(_ scale: AnswerScale, threshold: Int32) {
    guard scale.values.contains(threshold), threshold > scale.values.lowerBound else { return nil }
    self.init(valid: scale, threshold: threshold)
  }

  /// 4 and 5 of 1...5.
  public static let csat = TopBox(valid: .csat, threshold: 4)
  /// Ease 5, 6 and 7 of 1...7.
  ///
  /// Source: the Corporate Executive Board's Customer Effort Score 2.0, 2013.
  public static let ces = TopBox(valid: .ces, threshold: 5)

  private init(valid scale: AnswerScale, threshold: Int32) {
    self.scale = scale
    self.threshold = threshold
  }
}
