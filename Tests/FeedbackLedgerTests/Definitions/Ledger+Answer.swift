import FeedbackLedger
import LedgerCore

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
