/// What a step does to a mean, without a replay.
///
/// True only where every response counts for itself. Where the latest answer of a customer counts,
/// taking one away lets the previous one back in, and only a replay knows that. So these check the
/// replay; they do not replace it. All are nil where the mean before or after does not exist.
public struct ClosedFormEffect: Hashable, Sendable {
  /// The scores before the step.
  public let current: ScoreTotal
  /// 1 for means, 100 for net scores and percentages.
  public let pointsPerUnit: Int64

  /// Prepares the closed forms for a step on `current`.
  public init(on current: ScoreTotal, pointsPerUnit: Int64 = 1) {
    self.current = current
    self.pointsPerUnit = pointsPerUnit
  }

  /// n_L / (n + n_L) (R_L - R); 0 for an empty set.
  public func adding(_ late: ScoreTotal) -> Double? {
    guard let score = current.mean(pointsPerUnit: pointsPerUnit) else { return nil }
    guard let lateScore = late.mean(pointsPerUnit: pointsPerUnit) else { return 0 }
    return Double(late.count) / Double(current.count + late.count) * (lateScore - score)
  }

  /// -n_X / (n - n_X) (R_X - R); 0 for an empty set.
  ///
  /// - Precondition: What is removed is part of the current count.
  public func removing(_ removed: ScoreTotal) -> Double? {
    precondition(
      removed.count <= current.count,
      "Cannot remove \(removed.count) of \(current.count) responses.")
    let left = current.count - removed.count
    guard left > 0, let score = current.mean(pointsPerUnit: pointsPerUnit) else { return nil }
    guard let removedScore = removed.mean(pointsPerUnit: pointsPerUnit) else { return 0 }
    return -Double(removed.count) / Double(left) * (removedScore - score)
  }

  /// The change of the sum over n: a corrected 10 that should have been a 1 changes it by -2.
  public func correcting(by change: Int64) -> Double? {
    ScoreTotal(sum: change, count: current.count).mean(pointsPerUnit: pointsPerUnit)
  }
}
