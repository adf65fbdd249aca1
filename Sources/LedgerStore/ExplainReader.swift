package import GRDB
package import LedgerCore

/// Finds the items that differ between two cuts, and explains each.
package struct ExplainReader {
  /// What one item did to the counters of a query in one step.
  package struct Effect: Sendable {
    package var cause: Cause
    /// The first event of the item here.
    package var item: UInt32
    /// The events of this step, by position.
    package var events: [UInt32]
    package var before: [Contribution]
    package var after: [Contribution]
  }

  private let database: Database
  private let state: StoreState
  private let query: CounterQuery

  package init(_ database: Database, _ state: StoreState, query: CounterQuery) {
    self.database = database
    self.state = state
    self.query = query
  }

  /// Calls `body` for every item and cause with an effect on the query's measures.
  ///
  /// - Precondition: `first` lies inside `second`.
  package func forEachEffect(
    from first: ResolvedCut, to second: ResolvedCut, instant: Int64, _ body: (Effect) -> Void
  ) throws {
    let history = try HistoryReader(database, pages: state.pages)
    var context = state.fold
    context.voidedBatches = first.voidedBatches
    for item in try touchedItems(first, second, history) {
      var rows: [EventRow] = []
      var arena: [UInt8] = []
      try history.appendHistory(ofItem: item, tail: state.tail, to: &rows, arena: &arena)
      let base = rows.filter { $0.seq <= first.counted[Int($0.log)] }
      let added = rows.filter {
        $0.seq <= second.counted[Int($0.log)] && $0.seq > first.counted[Int($0.log)]
      }
      let steps = added.map { row in
        ItemExplanation.Step(row: row, cause: cause(of: row, first, instant))
      }
      arena.withUnsafeBytes { payload in
        ItemExplanation().explain(
          base: base, steps: steps, payload: payload, context: &context
        ) { cause, before, after in
          guard before != after else { return }
          let events = steps.filter { $0.cause == cause }.map(\.row.position).sorted()
          body(Effect(cause: cause, item: item, events: events, before: before, after: after))
        }
      }
      try explainVoided(rows, arena, item: item, first, second, body)
    }
  }

  private func cause(of row: EventRow, _ first: ResolvedCut, _ instant: Int64) -> Cause {
    let log = state.logs[Int(row.log)]
    let isHeld = first.cut.clock[log.id] >= UInt64(row.seq)
    let site = state.fold.vocabulary.sites[state.fold.vocabulary.site(ofLabelSet: row.labels)]
    return row.cause(since: instant, site: site, isNewlyAdmitted: isHeld)
  }

  /// The last step: what the voided batches take away.
  private func explainVoided(
    _ rows: [EventRow], _ arena: [UInt8], item: UInt32, _ first: ResolvedCut,
    _ second: ResolvedCut, _ body: (Effect) -> Void
  ) throws {
    let voided = second.voidedBatches.subtracting(first.voidedBatches)
    guard rows.contains(where: { voided.contains($0.batch) }) else { return }
    let counted = rows.filter { $0.seq <= second.counted[Int($0.log)] }
    var context = state.fold
    func fold(_ batches: Set<UInt32>) -> [Contribution] {
      context.voidedBatches = batches
      var history = counted
      var sink = ContributionList()
      arena.withUnsafeBytes {
        SubjectFold.fold(&history, payload: $0, context: &context, into: &sink)
      }
      return sink.contributions
    }
    let before = fold(first.voidedBatches)
    let after = fold(second.voidedBatches)
    guard before != after else { return }
    body(
      Effect(
        cause: .voided, item: item,
        events: counted.filter { voided.contains($0.batch) }.map(\.position).sorted(),
        before: before, after: after))
  }

  /// The items with an event that only one of the cuts counts.
  private func touchedItems(
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
