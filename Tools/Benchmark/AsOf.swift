import FeedbackLedger
import LedgerCore
import LedgerStore

/// W2: NPS and CSAT by site and month, at times and from zero.
struct AsOf {
  let place: Workplace
  let expected: Expected

  /// Asks at every time of the harness; the first answer of all is a warm-up, as with the peers.
  func run(_ ledger: Ledger, _ name: String, _ point: (Instant) -> PointInTime) throws {
    var random = Measurement()
    var full = Measurement()
    for run in 0...place.runs {
      for (index, answer) in expected.asof.enumerated() where run > 0 || index == 0 {
        guard let time = answer.time else { throw BenchmarkError.missing("a time") }
        // An event counts from its own millisecond on.
        let instant = Instant(milliseconds: time)
        var work = Measurement()
        let rows = try work.time { try SiteMonths.rows(ledger, at: point(instant)) }
        try answer.check(rows, "\(name) at \(time)")
        guard run > 0 else { continue }
        if index == 0 { full.add(work) } else if index > 1 { random.add(work) }
      }
    }
    Report.line("\(name) median ms", random.median * 1e3)
    Report.line("\(name) p90 ms", random.quantile(0.9) * 1e3)
    Report.line("\(name) full ms", full.median * 1e3)
    Report.memory(name)
  }

  func replay(_ ledger: Ledger, _ name: String) throws {
    var work = Measurement()
    let count = try ledger.store.read { _, state in Double(state.lastPosition) }
    for _ in 0..<place.runs {
      let rows = try work.time { try SiteMonths.replayedRows(ledger) }
      try expected.asof[0].check(rows, name)
    }
    Report.line("\(name) events/s", count / work.median, digits: 0)
    Report.memory(name)
  }
}
