/// The older split with three parts, at the weights of the earlier window: what the rates alone and
/// the mix alone would have done, and what only both together did. An alternative view; the
/// symmetric ``MixRateDecomposition`` shares the interaction out.
public struct ThreeWayDecomposition: Hashable, Sendable {
  /// Segments score differently, at their earlier shares.
  public let rate: Double
  /// Segments weigh differently, at their earlier scores.
  public let mix: Double
  /// Segments that grew changed their score as well.
  public let interaction: Double

  /// The whole change.
  public var sum: Double { rate + mix + interaction }
}

extension MixRateDecomposition {
  /// Rate w0 (r1 - r0), mix (w1 - w0) (r0 - R0), interaction (w1 - w0) (r1 - r0).
  public var threeWay: ThreeWayDecomposition {
    var rate = 0.0
    var mix = 0.0
    var interaction = 0.0
    for row in rows {
      let growth = row.shareAfter - row.shareBefore
      let move = row.scoreAfter - row.scoreBefore
      rate += row.shareBefore * move
      mix += growth * (row.scoreBefore - before)
      interaction += growth * move
    }
    return ThreeWayDecomposition(rate: rate, mix: mix, interaction: interaction)
  }
}
