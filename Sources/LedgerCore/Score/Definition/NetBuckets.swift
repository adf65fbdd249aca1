/// How a net score sorts the answers of a scale into three classes.
public struct NetBuckets: Sendable, Hashable {
  /// The answers that are read.
  public let scale: AnswerScale
  /// The highest answer of the lower class: detractors, or those who found it difficult.
  public let lowMax: Int32
  /// The lowest answer of the upper class: promoters, or those who found it easy.
  public let highMin: Int32

  /// Nil unless each of the outer classes holds at least one value of the scale, and none holds one
  /// of the other's. The middle class may be empty.
  public init?(_ scale: AnswerScale, lowMax: Int32, highMin: Int32) {
    guard scale.values.lowerBound <= lowMax, lowMax < highMin, highMin <= scale.values.upperBound
    else { return nil }
    self.init(valid: scale, lowMax: lowMax, highMin: highMin)
  }

  /// 0...6 detractors, 7...8 passives, 9...10 promoters.
  ///
  /// Source: F. Reichheld, "The One Number You Need to Grow", Harvard Business Review, 2003.
  public static let nps = NetBuckets(valid: .nps, lowMax: 6, highMin: 9)
  /// Ease 1...3 difficult, 4 neutral, 5...7 easy.
  public static let ces = NetBuckets(valid: .ces, lowMax: 3, highMin: 5)

  private init(valid scale: AnswerScale, lowMax: Int32, highMin: Int32) {
    self.scale = scale
    self.lowMax = lowMax
    self.highMin = highMin
  }
}
