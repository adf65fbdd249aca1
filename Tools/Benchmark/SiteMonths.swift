import FeedbackLedger
import LedgerCore
import LedgerStore

/// NPS and CSAT by site and month: one query that answers both.
enum SiteMonths {
  static func query(_ zone: ZoneOffsets) -> CounterQuery {
    CounterQuery(measures: [.nps, .csat], groupings: [.site, .month], zone: zone)
  }

  /// Site, month since 1970-01, answers, promoters, detractors, sum of the satisfaction answers; ascending, and only
  /// cells with answers.
  static func rows(_ ledger: Ledger, at point: PointInTime) throws -> [[Int64]] {
    let (counters, groups) = try ledger.store.read { database, state in
      let answer = ScoreAnswer(ledger, database, state)
      return try answer.counters(query(state.fold.zone), at: try answer.resolve(point))
    }
    return rows(of: counters, groups: groups)
  }

  /// Replays every event from the projection, whatever is kept.
  static func replayedRows(_ ledger: Ledger) throws -> [[Int64]] {
    let (counters, groups) = try ledger.store.read { database, state in
      let cut = try CutResolver(database, state).resolve(.now)
      return try Replay(ledger.store, state, cut: cut, query: query(state.fold.zone)).run(database)
    }
    return rows(of: counters, groups: groups)
  }

  static func rows(of counters: CounterTable, groups: [[String]]) -> [[Int64]] {
    let numbers = groups.map { group in
      group.first.flatMap { DraftMaker.siteNames.firstIndex(of: $0) } ?? -1
    }
    var rows: [Int: [Int64]] = [:]
    for (key, value) in counters.cells {
      let date = CivilDay(number: key.period).date
      let month = (date.year - 1970) * 12 + date.month - 1
      let site = numbers[Int(key.group)]
      var row = rows[site << 20 | month] ?? [Int64(site), Int64(month), 0, 0, 0, 0]
      let answer = Int64(AnswerBucket(rawValue: key.bucket).value)
      if key.measure == Measure.nps.rawValue {
        row[2] += value
        if answer >= 9 { row[3] += value }
        if answer <= 6 { row[4] += value }
      } else {
        row[5] += value * answer
      }
      rows[site << 20 | month] = row
    }
    return rows.sorted { $0.key < $1.key }.map(\.value).filter { $0[2] > 0 }
  }
}
