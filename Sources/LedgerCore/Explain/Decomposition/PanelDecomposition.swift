/// Splits the change of a mean by whether the same people answered:
///
///     R1 - R0 = (R1p - R0p) + e (R1e - R1p) - x (R0x - R0p)
///
/// with p the customers in both windows, e the entrants with their share of the later window, x the
/// leavers with their share of the earlier one. The identity is exact.
public struct PanelDecomposition: Hashable, Sendable {
  /// One window: the customers it shares with the other one, and the rest.
  public struct Window: Hashable, Sendable {
    /// Customers of both windows, with their scores in this one.
    public let panel: ScoreTotal
    /// Leavers of the earlier window, entrants of the later one.
    public let others: ScoreTotal

    /// The two parts have no response in common.
    public init(panel: ScoreTotal, others: ScoreTotal) {
      self.panel = panel
      self.others = others
    }
  }

  /// The score of the earlier window.
  public let before: Double
  /// The score of the later window.
  public let after: Double
  /// The panel changed its mind.
  public let switching: Double
  /// Newcomers score unlike the panel.
  public let entrants: Double
  /// Who left had scored unlike the panel.
  public let leavers: Double

  /// The three effects add up to it.
  public var change: Double { after - before }

  /// Nil if a window has no score of the panel: without it there is nobody to compare with.
  public init?(before: Window, after: Window, pointsPerUnit: Int64 = 1) {
    guard let panelBefore = before.panel.mean(pointsPerUnit: pointsPerUnit),
      let panelAfter = after.panel.mean(pointsPerUnit: pointsPerUnit),
      let scoreBefore = (before.panel + before.others).mean(pointsPerUnit: pointsPerUnit),
      let scoreAfter = (after.panel + after.others).mean(pointsPerUnit: pointsPerUnit)
    else { return nil }
    self.before = scoreBefore
    self.after = scoreAfter
    switching = panelAfter - panelBefore
    entrants = Self.effect(of: after, pointsPerUnit: pointsPerUnit, panelScore: panelAfter)
    leavers = -Self.effect(of: before, pointsPerUnit: pointsPerUnit, panelScore: panelBefore)
  }

  /// The others' share times how far they score from the panel; 0 if there are none.
  private static func effect(
    of window: Window, pointsPerUnit: Int64, panelScore: Double
  ) -> Double {
    guard let score = window.others.mean(pointsPerUnit: pointsPerUnit) else { return 0 }
    let share = Double(window.others.count) / Double(window.panel.count + window.others.count)
    return share * (score - panelScore)
  }
}
