import GRDB
import LedgerCore

/// Finds the items with an event that only one of two cuts counts.
struct TouchedItems {
  private let database: Database
  private let state: StoreState
  private let query: CounterQuery

  init(_ database: Database, _ state: StoreState, _ query: CounterQuery) {
    self.database = database
    self.state = state
    self.query = query
  }

  /// Ascending.
  func between(
    _ first: ResolvedCut, _ second: ResolvedCut, _ history: HistoryReader
  ) throws -> [UInt32] {
    var items = Set(try changed(first, second, history))
    // Which of several repetitions counts may change by another item's event.
    for place in first.doubles.members(differingFrom: second.doubles) {
      if let row = try history.row(at: place, state), row.kind.isFolded { items.insert(row.item) }
    }
    return items.sorted()
  }

  private func changed(
    _ first: ResolvedCut, _ second: ResolvedCut, _ history: HistoryReader
  ) throws -> [UInt32] {
    if let low = first.position, let high = second.position,
      query.canUseKeptCounters(in: state.fold.zone)
    {
      return try itemsOfChanges(after: low, through: high, history)
    }
    var items: Set<UInt32> = []
    let families = KindFamilies(query.measures)
    for (number, log) in state.logs.enumerated() {
      let low = min(first.counted[number], second.counted[number])
      let high = max(first.counted[number], second.counted[number])
      guard low < high else { continue }
      for positions in state.arrivals.positions(ofSeqs: low + 1...high, log: log.number) {
        try addItems(at: positions, families, to: &items)
      }
    }
    // Whose events became concurrent by a proven fork shows only in the folds.
    if first.causality != second.causality { items.formUnion(try history.linkedItems(database)) }
    for batch in second.voidedBatches.symmetricDifference(first.voidedBatches) {
      items.formUnion(try PageScan(database).items(ofBatch: batch, tail: state.tail))
    }
    return items.sorted()
  }

  /// Between two prefixes the changes of the asked counters say which events had an effect.
  private func itemsOfChanges(
    after low: UInt32, through high: UInt32, _ history: HistoryReader
  ) throws -> [UInt32] {
    var positions: Set<UInt32> = []
    let reader = CounterReader(database, state)
    let sink = QuerySink(
      query: query, vocabulary: state.fold.vocabulary, ledgerZone: state.fold.zone)
    for measure in query.measures.sorted(by: { $0.rawValue < $1.rawValue }) {
      try reader.changes(of: measure, after: low, through: high) { change in
        if sink.admits(kept: change.key) { positions.insert(change.position) }
      }
    }
    var items: Set<UInt32> = []
    for position in positions.sorted() {
      guard let row = try history.row(at: position, tail: state.tail) else { continue }
      if row.kind.isFolded {
        items.insert(row.item)
      } else {
        // A context event: whatever it moved is found by folding the subjects themselves.
        try addItems(at: 1...high, KindFamilies(query.measures), to: &items)
      }
    }
    return items.sorted()
  }

  private func addItems(
    at positions: ClosedRange<UInt32>, _ families: KindFamilies, to items: inout Set<UInt32>
  ) throws {
    let sealed = ProjectionPage.number(ofPosition: state.tail.firstPosition)
    let first = ProjectionPage.number(ofPosition: positions.lowerBound)
    let last = min(ProjectionPage.number(ofPosition: positions.upperBound), sealed - 1)
    if first <= last {
      try PageScan(database).forEachPage(first..<last + 1, depth: .hot) { page in
        for index in 0..<page.rows.count where families.contains(page.rows.kind(ofRow: index)) {
          let position = page.rows.firstPosition + UInt32(index)
          guard positions.contains(position) else { continue }
          items.insert(page.links.link(ofRow: index)?.first ?? position)
        }
      }
    }
    for row in state.tail.rows
    where positions.contains(row.position) && families.contains(row.kind) {
      items.insert(row.item)
    }
  }
}
