import Dispatch
package import GRDB
package import LedgerCore
import Synchronization

/// Folds every subject of a cut from the projection: what the kept counters must equal, and the way to any grouping,
/// filter, zone or cut that is not kept.
///
/// Two passes. The first reads links only, and marks the items that have several events inside the cut. The second
/// folds the others where they stand, page by page, and gathers the marked ones to be folded item by item.
package struct Replay: Sendable {
  private let store: Store
  private let state: StoreState
  private let counted: [UInt32]
  private let context: FoldContext
  private let query: CounterQuery
  private let families: KindFamilies

  /// `cut`: as `CutResolver` made it from the same state.
  package init(_ store: Store, _ state: StoreState, cut: ResolvedCut, query: CounterQuery) {
    self.store = store
    self.state = state
    counted = cut.counted
    var context = state.fold
    context.voidedBatches = cut.voidedBatches
    context.doubles = cut.doubles
    if query.dedupe != .all { context.identities = state.identities(of: cut) }
    if let causality = cut.causality { context.causality = causality }
    self.context = context
    self.query = query
    families = KindFamilies(query.measures)
  }

  /// The counters of the query, and the label values of its groups.
  ///
  /// `database`: the moment to read at; with a file, further connections read the same sealed pages, which
  ///   never change.
  package func run(_ database: Database) throws -> (counters: CounterTable, groups: [[String]]) {
    let sealed = ProjectionPage.number(ofPosition: state.tail.firstPosition)
    let marked = try markLinked(database, sealed: sealed)
    var parts = try scan(database, sealed: sealed, marked: marked)
    var last = ReplayPart(sink: emptySink, context: context)
    last.take(tail: state.tail, counted: counted, marked: marked, families: families)
    parts.append(last)
    let gathered = parts.map(\.gathered)
    var total = CounterTable()
    for index in parts.indices {
      parts[index].gathered = GatheredRows()
    }
    let folded = foldGathered(gathered)
    var groups: [[String]] = emptySink.groupValues
    var all = parts + folded
    // Which answer is a customer's latest shows only when all parts are together. The last one is of items with
    // several events: only there are label sets made.
    for index in all.indices.dropLast() {
      let held = all[index].sink.releaseHeld()
      all[all.count - 1].sink.take(held: held)
    }
    for part in all {
      var sink = part.sink
      sink.finish(vocabulary: part.context.vocabulary)
      total.add(sink.counters)
      if sink.groupValues.count > groups.count { groups = sink.groupValues }
    }
    return (total, groups)
  }

  private var emptySink: QuerySink {
    QuerySink(query: query, vocabulary: context.vocabulary, ledgerZone: context.zone)
  }

  private func markLinked(_ database: Database, sealed: Int) throws -> PositionSet {
    var marked = PositionSet(count: Int(state.lastPosition) + 1)
    try PageScan(database).forEachPage(0..<sealed, depth: .links) { page in
      for index in 0..<page.links.count {
        let link = page.links[index]
        let position = UInt32(page.number * ProjectionPage.rowCountMax + 1 + link.row)
        if page.counts(position, counted) { marked.insert(link.first) }
      }
    }
    for row in state.tail.rows where row.item != row.position && row.seq <= counted[Int(row.log)] {
      marked.insert(row.item)
    }
    return marked
  }

  /// Two workers where the file allows several readers.
  private func scan(
    _ database: Database, sealed: Int, marked: PositionSet
  ) throws -> [ReplayPart] {
    let isParallel = store.path != nil && sealed >= 64
    guard isParallel else {
      return [try scan(database, pages: 0..<sealed, marked: marked)]
    }
    let middle = sealed / 2
    let second: Mutex<Result<ReplayPart, any Error>?> = Mutex(nil)
    let group = DispatchGroup()
    DispatchQueue.global(qos: .userInitiated).async(group: group) {
      let result = Result {
        try store.database.unsafeRead { other in
          try scan(other, pages: middle..<sealed, marked: marked)
        }
      }
      second.withLock { $0 = result }
    }
    let first = Result { try scan(database, pages: 0..<middle, marked: marked) }
    group.wait()
    guard let other = second.withLock({ $0 }) else {
      preconditionFailure("The second half of a replay ended without a result.")
    }
    return [try first.get(), try other.get()]
  }

  private func scan(
    _ database: Database, pages: Range<Int>, marked: PositionSet
  ) throws -> ReplayPart {
    var part = ReplayPart(sink: emptySink, context: context)
    let needsTimes = part.sink.needsTimes || families.needsTimes
    let depth: PageScan.Depth = query.dedupe == .all ? .times : .customers
    try PageScan(database).forEachPage(pages, depth: depth) { page in
      part.take(
        page, counted: counted, marked: marked, families: families, needsTimes: needsTimes)
    }
    return part
  }

  /// Sorts the gathered rows by item and folds each item's history.
  private func foldGathered(_ gathered: [GatheredRows]) -> [ReplayPart] {
    let rows = GatheredRows(joining: gathered)
    guard !rows.isEmpty else { return [] }
    var part = ReplayPart(sink: emptySink, context: context)
    part.fold(rows)
    return [part]
  }
}

extension PageScan.Page {
  /// Whether the event at a position counts.
  @inline(__always)
  func counts(_ position: UInt32, _ counted: [UInt32]) -> Bool {
    for run in runs where position < run.firstPosition + run.count {
      return run.firstSeq + (position - run.firstPosition) <= counted[Int(run.log)]
    }
    return false
  }
}
