import LedgerCore

/// Turns counters into rows: one for each group that has any.
struct ScoreRows {
  let definition: MetricDefinition
  let query: CounterQuery
  let vocabulary: Vocabulary

  func rows(
    of counters: CounterTable, groups: [[String]], request: ScoreRequest
  ) -> [ScoreTable.Row] {
    var cells: [GroupKey: [(key: CounterKey, value: Int64)]] = [:]
    for cell in counters.cells where cell.key.measure != Measure.conflicts.rawValue {
      cells[GroupKey(group: cell.key.group, period: cell.key.period), default: []].append(cell)
    }
    var counts = cells.mapValues { MeasureCounts(cells: $0) }
    if definition.isRunningTotal { accumulate(&counts) }
    if counts.isEmpty, query.groupings.isEmpty {
      counts[GroupKey(group: 0, period: 0)] = MeasureCounts(cells: [])
    }
    return counts.map { key, counts in
      ScoreTable.Row(
        group: texts(of: key, groups: groups),
        score: ScoreReadOut.score(definition, of: counts, vocabulary: vocabulary))
    }
    .filter { request.from == nil || isInside($0, request) }
    .sorted { $0.group.lexicographicallyPrecedes($1.group) }
  }

  private struct GroupKey: Hashable {
    var group: UInt32
    var period: Int32
  }

  /// A backlog at the end of each period is the sum of all periods up to it.
  private func accumulate(_ counts: inout [GroupKey: MeasureCounts]) {
    guard query.period != nil else { return }
    let periods = Set(counts.keys.map(\.period)).sorted()
    for group in Set(counts.keys.map(\.group)) {
      var sum = MeasureCounts(cells: [])
      for period in periods {
        let key = GroupKey(group: group, period: period)
        sum = sum + (counts[key] ?? MeasureCounts(cells: []))
        counts[key] = sum
      }
    }
  }

  /// Periods before the window are summed, not shown.
  private func isInside(_ row: ScoreTable.Row, _ request: ScoreRequest) -> Bool {
    guard definition.isRunningTotal, let from = request.from, let period = query.period,
      let index = query.groupings.firstIndex(where: { $0.labelKey == nil })
    else { return true }
    let first = query.zone.day(of: from).start(of: period).text(of: period)
    return row.group[index] >= first
  }

  /// One text for each grouping, in the order asked for.
  private func texts(of key: GroupKey, groups: [[String]]) -> [String] {
    var labels = Int(key.group) < groups.count ? groups[Int(key.group)][...] : []
    return query.groupings.map { grouping in
      if grouping.labelKey != nil { return labels.popFirst() ?? "" }
      guard key.period != EventRow.unknownDay else { return "unknown" }
      return CivilDay(number: key.period).text(of: query.period ?? grouping)
    }
  }
}
