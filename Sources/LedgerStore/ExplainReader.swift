package import GRDB
package import LedgerCore

/// Finds the subjects that differ between two cuts, and explains each.
package struct ExplainReader {
  /// What one subject did to the counters of a query in one step.
  package struct Effect: Sendable {
    package var cause: Cause
    /// The position of an event that names the item, or the merge.
    package var item: UInt32
    /// The event there carries no name: its address is the item's.
    package var isNamedByAddress: Bool
    /// The customer where answers are compared by customer; nil for an item by itself.
    package var customer: CustomerID?
    /// The events of this step, by position.
    package var events: [UInt32]
    package var before: [Contribution]
    package var after: [Contribution]
  }

  /// What is explained together.
  struct Subject {
    var items: [UInt32]
    var customer: CustomerID?
    /// Merges and unmerges that only one of the cuts counts.
    var merges: [CustomerSubjects.Change] = []
  }

  private let database: Database
  private let state: StoreState
  private let query: CounterQuery

  package init(_ database: Database, _ state: StoreState, query: CounterQuery) {
    self.database = database
    self.state = state
    self.query = query
  }

  /// Calls `body` for every subject and cause with an effect on the query's measures, with the vocabulary that its
  /// contributions refer to: a step may make a label set that no cut has.
  ///
  /// - Precondition: `first` lies inside `second`.
  package func forEachEffect(
    from first: ResolvedCut, to second: ResolvedCut, instant: Int64,
    _ body: (Effect, Vocabulary) -> Void
  ) throws {
    let isCompared = query.dedupe != .all
    let history = try HistoryReader(database, pages: state.pages, withCustomers: isCompared)
    let touched = try TouchedItems(database, state, query).between(first, second, history)
    let customers = CustomerSubjects(database, state, from: first, to: second)
    let subjects =
      isCompared ? try customers.subjects(touched, history) : touched.map { Subject(items: [$0]) }
    let explanation = SubjectExplanation(
      query,
      sink: QuerySink(
        query: query, vocabulary: state.fold.vocabulary, ledgerZone: state.fold.zone),
      context: isCompared ? customers.steps : .init(first, second, state))
    var context = state.fold
    for subject in subjects {
      var histories = Histories(subject, first, second, state)
      try histories.read(history, state) { cause(of: $0, first, instant) }
      let changes = histories.arena.withUnsafeBytes { payload in
        explanation.explain(
          histories.items, contextCauses: histories.contextCauses, payload: payload, fold: &context)
      }
      for change in changes {
        body(histories.effect(of: change.cause, change.before, change.after), context.vocabulary)
      }
    }
  }

  private func cause(of row: EventRow, _ first: ResolvedCut, _ instant: Int64) -> Cause {
    let log = state.logs[Int(row.log)]
    let isHeld = first.cut.clock[log.id] >= UInt64(row.seq)
    let site = state.fold.vocabulary.sites[state.fold.vocabulary.site(ofLabelSet: row.labels)]
    // A repetition may make another one its double: both are felt in one step.
    let isNewlyAdmitted = isHeld || state.repetitions.contains(row.place)
    return row.cause(since: instant, site: site, isNewlyAdmitted: isNewlyAdmitted)
  }
}

extension ContextSteps {
  fileprivate init(_ first: ResolvedCut, _ second: ResolvedCut, _ state: StoreState) {
    self.init(
      voidedBefore: first.voidedBatches, voidedAfter: second.voidedBatches,
      causalityBefore: first.causality ?? state.fold.causality,
      causalityAfter: second.causality ?? state.fold.causality)
    (doublesBefore, doublesAfter) = (first.doubles, second.doubles)
  }
}

/// The histories of a subject's items, split into what the first cut counts and what the second adds or takes away.
private struct Histories {
  private let subject: ExplainReader.Subject
  private let first: [UInt32]
  private let second: [UInt32]
  private let voided: Set<UInt32>
  /// Whether the cuts differ in who had seen what, or in which of several repetitions counts.
  private let seesOtherwise: Bool
  private var voidedRows: [UInt32] = []
  /// The items whose first event carries no name.
  private var unnamed: Set<UInt32> = []
  private(set) var items: [SubjectExplanation.Item] = []
  private(set) var arena: [UInt8] = []

  init(
    _ subject: ExplainReader.Subject, _ first: ResolvedCut, _ second: ResolvedCut,
    _ state: StoreState
  ) {
    self.subject = subject
    self.first = first.counted
    self.second = second.counted
    voided = second.voidedBatches.symmetricDifference(first.voidedBatches)
    seesOtherwise = first.causality != second.causality || !state.repetitions.isEmpty
  }

  mutating func read(
    _ history: HistoryReader, _ state: StoreState, cause: (EventRow) -> Cause
  ) throws {
    for item in subject.items {
      var rows: [EventRow] = []
      try history.appendHistory(ofItem: item, tail: state.tail, to: &rows, arena: &arena)
      var base: [EventRow] = []
      var steps: [SubjectExplanation.Step] = []
      for row in rows {
        if row.position == item, !row.flags.contains(.namesItem) { unnamed.insert(item) }
        let isFirst = row.seq <= first[Int(row.log)]
        let isSecond = row.seq <= second[Int(row.log)]
        if isFirst { base.append(row) }
        if isSecond, !isFirst { steps.append(.init(row: row, cause: cause(row))) }
        if isFirst, !isSecond { steps.append(.init(row: row, cause: .membership, isRemoved: true)) }
        if isSecond, voided.contains(row.batch) { voidedRows.append(row.position) }
      }
      items.append(SubjectExplanation.Item(base: base, steps: steps))
    }
  }

  var contextCauses: Set<Cause> {
    Set(subject.merges.map(\.cause)).union(voidedRows.isEmpty ? [] : [.voided])
      .union(seesOtherwise ? [.membership] : [])
  }

  func effect(
    of cause: Cause, _ before: [Contribution], _ after: [Contribution]
  ) -> ExplainReader.Effect {
    let rows = items.flatMap(\.steps).filter { $0.cause == cause }.map(\.row)
    let merges = subject.merges.filter { $0.cause == cause }.map(\.position)
    let events = rows.map(\.position) + merges + (cause == .voided ? voidedRows : [])
    let item = rows.min { $0.position < $1.position }?.item ?? merges.min() ?? subject.items[0]
    return ExplainReader.Effect(
      cause: cause, item: item, isNamedByAddress: unnamed.contains(item),
      customer: subject.customer, events: events.sorted(), before: before, after: after)
  }
}
