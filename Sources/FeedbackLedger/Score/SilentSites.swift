import LedgerCore
import LedgerStore

/// Finds the sites from which nothing came for much longer than their usual gap (``UsualGap``).
///
/// By what arrived here, and when: the index of arrivals is in memory, and of each log at most some hundred of its
/// newest stretches are looked at, so a score costs no scan. This ledger's own site is not waited for, nor is one
/// whose logs are all retired, revoked or not enrolled.
struct SilentSites {
  private static let runsLookedAt = 512
  private let answer: ScoreAnswer

  init(_ answer: ScoreAnswer) {
    self.answer = answer
  }

  /// Ascending by site.
  func warnings(_ point: PointInTime, cut: ResolvedCut) -> [ScoreWarning] {
    let own = answer.ledger.site
    var days: [String: Set<Int32>] = [:]
    var newest = Int64.min
    for log in answer.state.logs where log.limit == .max && log.site != own {
      let seq = UInt32(clamping: cut.cut.clock[log.id])
      // Stretches come newest first, so those of a day already taken in are told by its start alone.
      var start = Int64.max
      for run in answer.state.arrivals.runs(ofLog: log.number, through: seq)
        .prefix(Self.runsLookedAt) where run.received < start
      {
        newest = max(newest, run.received)
        let day = day(run.received)
        start = answer.state.fold.zone.start(of: CivilDay(number: day)).microseconds
        days[log.site, default: []].insert(day)
      }
    }
    let today = day(instant(of: point) ?? newest)
    return days.sorted { $0.key < $1.key }.compactMap { site, days in
      UsualGap(days: days)?.silentDays(on: today).map { .silent(site: site, days: $0) }
    }
  }

  private func day(_ microseconds: Int64) -> Int32 {
    answer.state.fold.zone.day(of: Instant(microseconds: microseconds)).number
  }

  /// The moment from which one looks back; nil: a cut without a time of its own is looked at from its last arrival.
  private func instant(of point: PointInTime) -> Int64? {
    switch point {
    case .now: answer.ledger.surroundings.now().microseconds
    case .recorded(let instant), .received(let instant), .known(_, let instant):
      instant.microseconds
    case .publication, .clock: nil
    }
  }
}
