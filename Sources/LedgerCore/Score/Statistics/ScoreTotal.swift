/// Scores added up: their sum and how many there were. The integers from which any mean is read.
///
/// A net score is a mean too: each promoter adds 1, each detractor -1, and the mean is shown in
/// points per hundred. The same holds for a proportion, where each success adds 1.
public struct ScoreTotal: Hashable, Sendable {
  /// In the unit of one score.
  public let sum: Int64
  /// Not negative.
  public let count: Int64

  /// No scores at all.
  public static let zero = ScoreTotal(sum: 0, count: 0)

  /// - Precondition: `count` is not negative.
  public init(sum: Int64, count: Int64) {
    precondition(count >= 0, "A count is not negative; got \(count).")
    self.sum = sum
    self.count = count
  }

  /// The mean; nil over nothing.
  ///
  /// `pointsPerUnit` is 1 for a mean of scores, 100 for a net score or a percentage. The integers
  /// are multiplied first, so that one division is the only rounding.
  public func mean(pointsPerUnit: Int64 = 1) -> Double? {
    count == 0 ? nil : Double(Int128(sum) * Int128(pointsPerUnit)) / Double(count)
  }

  /// Both sets of scores, which have none in common.
  public static func + (left: Self, right: Self) -> Self {
    ScoreTotal(sum: left.sum &+ right.sum, count: left.count &+ right.count)
  }
}
