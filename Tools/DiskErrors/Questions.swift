import FeedbackLedger
import LedgerCore
import TestSupport

/// Questions that read all there is: kept counters, a replay, two cuts and what lies between them.
enum Questions {
  static let all: [Scenario.Step] = [
    { ledger, _ in _ = try ledger.score(ScoreRequest(metric: "nps", groupings: [.site, .month])) },
    { ledger, _ in
      let early = PointInTime.recorded(WallClock.start)
      _ = try ledger.score(ScoreRequest(metric: "csat.top2", at: early))
      _ = try ledger.explain(ScoreRequest(metric: "nps"), from: early, to: .now)
    },
    { ledger, _ in _ = try ledger.sites() },
  ]
}
