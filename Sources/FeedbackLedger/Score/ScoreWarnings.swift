import LedgerCore
import LedgerStore

/// Finds what must be said beside a score.
struct ScoreWarnings {
  private let answer: ScoreAnswer

  init(_ answer: ScoreAnswer) {
    self.answer = answer
  }

  func warnings(
    _ point: PointInTime, cut: ResolvedCut, counters: CounterTable, definition: KnownDefinition
  ) throws -> [ScoreWarning] {
    var warnings: [ScoreWarning] = []
    let beyond = eventsBeyondHeld(point)
    if beyond > 0 { warnings.append(.beyondHeld(events: beyond)) }
    if cut.pending > 0 { warnings.append(.pending(events: cut.pending)) }
    let quarantined = try QuarantineTable(answer.database).count()
    if quarantined > 0 { warnings.append(.quarantined(count: quarantined)) }
    let unknown = try unknownKinds(cut)
    if unknown > 0 { warnings.append(.unknownKinds(events: unknown)) }
    let conflicts = counters.cells.filter { $0.key.measure == Measure.conflicts.rawValue }
      .reduce(Int64(0)) { $0 + $1.value }
    if conflicts > 0 { warnings.append(.conflicts(count: conflicts)) }
    if definition.isContested {
      warnings.append(
        .contestedDefinition(definition.definition.id, version: definition.definition.version))
    }
    return warnings + SilentSites(answer).warnings(point, cut: cut) + clockWarnings()
  }

  private func eventsBeyondHeld(_ point: PointInTime) -> UInt64 {
    guard case .clock(let clock) = point else { return 0 }
    let held = answer.state.clock
    return clock.entries.reduce(0) { sum, entry in
      // Anybody can write any sizes into a file.
      let (next, overflows) = sum.addingReportingOverflow(
        entry.seq - min(entry.seq, held[entry.log]))
      return overflows ? .max : next
    }
  }

  private func unknownKinds(_ cut: ResolvedCut) throws -> Int {
    var total = 0
    try answer.database.forEachRow(kept: "SELECT log, seq FROM unknown_event") { row in
      let log = try answer.state.log(numbered: row.integer(0))
      if row.integer(1) <= Int64(cut.counted[Int(log.number)]) { total += 1 }
    }
    return total
  }

  /// Sites whose clock runs ahead of ours by more than an hour.
  private func clockWarnings() -> [ScoreWarning] {
    let now = answer.ledger.surroundings.now().microseconds
    return answer.state.logs.filter { $0.size > 0 }.compactMap { log in
      let hours = (log.recordedMax - now) / 3_600_000_000
      return hours >= 1 ? .clockAhead(site: log.site, hours: Int(hours)) : nil
    }
  }
}
