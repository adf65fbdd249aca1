/// Splits the change of a mean into **rate** (segments score differently) and **mix** (other
/// segments weigh more), without a remainder.
///
/// With shares w and scores r of each segment, and bars for the mean of the two windows:
///
///     rate = w̄ (r1 - r0)        mix = (w1 - w0) (r̄ - R̄)
///
/// Taking R̄ off leaves the sum of the mix effects as it is, because shares always add up to 1. What
/// it changes is the reading of a single row: a segment that grows at the average score contributes
/// nothing. A segment absent from one window takes its score from the other, so that
/// all it contributes is mix.
///
/// Source: E. M. Kitagawa, "Components of a Difference Between Two Rates", Journal of the American
/// Statistical Association 50 (1955).
public struct MixRateDecomposition<Segment: Hashable & Sendable>: Hashable, Sendable {
  /// What one segment contributed.
  public struct Row: Hashable, Sendable {
    /// As given.
    public let segment: Segment
    /// In 0...1; 0 is absent.
    public let shareBefore: Double
    /// In 0...1; 0 is absent.
    public let shareAfter: Double
    /// The other window's score if the segment is absent before.
    public let scoreBefore: Double
    /// The other window's score if the segment is absent after.
    public let scoreAfter: Double
    /// It scores differently.
    public let rate: Double
    /// It weighs differently.
    public let mix: Double

    /// All it contributed.
    public var sum: Double { rate + mix }

    /// From shares and scores before and after; `middle` is halfway between the two total scores.
    init(
      segment: Segment, shares: (Double, Double), scores: (Double, Double), middle: Double
    ) {
      self.segment = segment
      (shareBefore, shareAfter) = shares
      (scoreBefore, scoreAfter) = scores
      rate = (shares.0 + shares.1) / 2 * (scores.1 - scores.0)
      mix = (shares.1 - shares.0) * ((scores.0 + scores.1) / 2 - middle)
    }
  }

  /// In the order given; a segment absent from both windows has no row.
  public let rows: [Row]
  /// The score of all segments together.
  public let before: Double
  /// The score of all segments together.
  public let after: Double

  /// Nil if either window is empty: then there is no change to explain.
  ///
  /// - Parameters:
  ///   - changes: Every response in exactly one segment.
  ///   - pointsPerUnit: 1 for means, 100 for net scores and percentages.
  public init?(_ changes: [SegmentChange<Segment>], pointsPerUnit: Int64 = 1) {
    let totalBefore = changes.map(\.before).reduce(.zero, +)
    let totalAfter = changes.map(\.after).reduce(.zero, +)
    guard let before = totalBefore.mean(pointsPerUnit: pointsPerUnit),
      let after = totalAfter.mean(pointsPerUnit: pointsPerUnit)
    else { return nil }
    self.before = before
    self.after = after
    rows = changes.compactMap { change in
      let earlier = change.before.mean(pointsPerUnit: pointsPerUnit)
      let later = change.after.mean(pointsPerUnit: pointsPerUnit)
      guard let scoreBefore = earlier ?? later, let scoreAfter = later ?? earlier else {
        return nil
      }
      return Row(
        segment: change.segment,
        shares: (
          Double(change.before.count) / Double(totalBefore.count),
          Double(change.after.count) / Double(totalAfter.count)
        ),
        scores: (scoreBefore, scoreAfter),
        middle: (before + after) / 2)
    }
  }

  /// Rate and mix add up to it.
  public var change: Double { after - before }

  /// Over all segments.
  public var rate: Double { rows.reduce(0) { $0 + $1.rate } }

  /// Over all segments.
  public var mix: Double { rows.reduce(0) { $0 + $1.mix } }
}
