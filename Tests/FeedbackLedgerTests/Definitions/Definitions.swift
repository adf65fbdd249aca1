import FeedbackLedger
import LedgerCore

/// Definitions that tests publish, and short words for asking.
enum Definitions {
  static let latest = """
    metric: nps.latest
    title: NPS, latest answer of each customer
    readOut: net
    measure: nps
    low: 0..6
    high: 9..10
    dedupe: latestPerCustomerPerWindow
    """

  static let touchpoint = """
    metric: nps.touchpoint
    title: NPS, latest answer at each touchpoint
    readOut: net
    measure: nps
    low: 0..6
    high: 9..10
    dedupe: latestPerTouchpoint
    """
}

extension Ledger {
  /// n and the value with one decimal: `4 25.0`, `0`.
  func answer(
    _ metric: String, by groupings: [Grouping] = [], at point: PointInTime = .now
  ) throws -> [String] {
    try score(ScoreRequest(metric: metric, groupings: groupings, at: point)).rows.map { row in
      (row.group + ["\(row.score.n)", row.score.text()]).joined(separator: " ")
    }
  }
}
