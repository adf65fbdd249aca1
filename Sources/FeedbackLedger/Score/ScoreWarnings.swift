import LedgerCore
import LedgerStore

/// Finds what must be said beside a score.
struct ScoreWarnings {
  private let answer: ScoreAnswer

  init(_ answer: ScoreAnswer) {
    self.answer = answer
  }

  func warnings(
    _ request: ScoreRequest, cut: ResolvedCut, counters: CounterTable, definition: KnownDefinition
  ) throws -> [ScoreWarning] {
    var warnings = unknownLabels(request)
    let beyond = eventsBeyondHeld(request.at)
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
    warnings += SilentSites(answer).warnings(request.at, cut: cut)
    return try warnings + clocksAhead() + clocksBehind()
  }

  /// Mistyped, most likely: an empty table says nothing of that.
  private func unknownLabels(_ request: ScoreRequest) -> [ScoreWarning] {
    let keys = request.groupings.compactMap(\.labelKey).filter { $0 != Label.site }
    guard !keys.isEmpty || !request.filters.isEmpty else { return [] }
    let sets = answer.state.fold.vocabulary.labelSets.values
    let unknownKeys = keys.filter { key in !sets.contains { $0[key] != nil } }
    let unknownLabels = request.filters.filter { label in
      !sets.contains { $0[label.key] == label.value }
    }
    return (unknownKeys + unknownLabels.map { "\($0.key)=\($0.value)" }).map { .unknownLabel($0) }
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
  private func clocksAhead() -> [ScoreWarning] {
    let now = answer.ledger.surroundings.now()
    return answer.state.logs.filter { $0.size > 0 }.compactMap { log in
      let skew = Instant(microseconds: log.recordedMax).skew(from: now) ?? 0
      let hours = skew / 3_600_000_000
      return hours >= 1 ? .clockAhead(site: log.site, hours: Int(hours)) : nil
    }
  }

  /// Sites that said so themselves: of events alone a clock that is behind cannot be told from a bad line.
  private func clocksBehind() throws -> [ScoreWarning] {
    let state = answer.state
    // Of a log that has ended, or counts nothing yet, nobody waits for the clock to be set.
    let logs = state.logs.filter {
      $0.size > 0 && $0.limit == .max && $0.site != answer.ledger.site
    }
    let table = ContactTable(answer.database)
    return try Dictionary(grouping: logs, by: \.site).sorted { $0.key < $1.key }.compactMap {
      site, logs in
      let hours = -(try table.told(by: logs)?.skew ?? 0) / 3_600_000_000
      return hours >= 1 ? .clockBehind(site: site, hours: Int(hours)) : nil
    }
  }
}
