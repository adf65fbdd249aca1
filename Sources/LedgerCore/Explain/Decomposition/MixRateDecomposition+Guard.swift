extension MixRateDecomposition {
  /// Whether the total misleads (Simpson's paradox): every segment seen in both windows moved
  /// against it, or the rate effect has another sign than the change. Then show ``standardised``
  /// beside it.
  public var isMixShift: Bool {
    let direction = Self.sign(change)
    let moves = rows.lazy
      .filter { $0.shareBefore > 0 && $0.shareAfter > 0 }
      .map { Self.sign($0.scoreAfter - $0.scoreBefore) }
    let allOpposed = direction != 0 && !moves.isEmpty && moves.allSatisfy { $0 == -direction }
    return allOpposed || Self.sign(rate) != direction
  }

  /// The later score had the segments kept their earlier shares (direct standardisation): the sum
  /// of w0 r1.
  public var standardised: Double {
    rows.reduce(0) { $0 + $1.shareBefore * $1.scoreAfter }
  }

  /// Below this, in points, a number is rounding and has no sign.
  private static var noise: Double { 1e-9 }

  private static func sign(_ value: Double) -> Int {
    abs(value) <= noise ? 0 : value < 0 ? -1 : 1
  }
}
