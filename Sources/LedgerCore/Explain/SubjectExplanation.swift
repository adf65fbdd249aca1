/// Explains one subject: folds its history at the first cut, then with one cause after another. A subject is an item,
/// or where a customer's answers are compared, all items of everybody who is that customer.
///
/// The steps are real folds of growing sets of events, so their differences telescope to the whole change, whatever
/// the events do to each other. An event whose target is not yet in is felt in its target's step.
package struct SubjectExplanation {
  /// One event that only one of the cuts counts.
  package struct Step: Sendable {
    package var row: EventRow
    package var cause: Cause
    /// The first cut counts it: its log has ceased to count.
    package var isRemoved: Bool

    package init(row: EventRow, cause: Cause, isRemoved: Bool = false) {
      self.row = row
      self.cause = cause
      self.isRemoved = isRemoved
    }
  }

  /// One item of the subject.
  package struct Item: Sendable {
    /// The rows that count at the first cut.
    package var base: [EventRow]
    /// What the second cut adds and takes away.
    package var steps: [Step]

    package init(base: [EventRow], steps: [Step]) {
      self.base = base
      self.steps = steps
    }
  }

  private let template: SubjectSink
  private let context: ContextSteps

  /// `query`: says which answers are read and compared; its filters and groupings are the caller's.
  /// `sink`: an empty sink of the query.
  package init(_ query: CounterQuery, sink: QuerySink, context: ContextSteps) {
    template = SubjectSink(query, sink)
    self.context = context
  }

  /// For each cause that changes what the subject contributes, in order: its contributions before, and those after
  /// the cause's events are in.
  ///
  /// `contextCauses`: the causes in the context that may touch the subject.
  /// `payload`: the bytes that the rows point into.
  package func explain(
    _ items: [Item], contextCauses: Set<Cause>, payload: UnsafeRawBufferPointer,
    fold context: inout FoldContext
  ) -> [(cause: Cause, before: [Contribution], after: [Contribution])] {
    var changes: [(cause: Cause, before: [Contribution], after: [Contribution])] = []
    self.context.start(&context)
    var counted = items.map(\.base)
    var before = fold(counted, payload, &context)
    let causes = Set(items.flatMap { $0.steps.map(\.cause) }).union(contextCauses)
    for cause in causes.sorted() {
      for index in items.indices {
        Self.take(items[index].steps.filter { $0.cause == cause }, to: &counted[index])
      }
      self.context.take(cause, to: &context)
      let after = fold(counted, payload, &context)
      if before != after { changes.append((cause, before, after)) }
      before = after
    }
    return changes
  }

  private static func take(_ steps: [Step], to rows: inout [EventRow]) {
    guard !steps.isEmpty else { return }
    let removed = Set(steps.filter(\.isRemoved).map(\.row.position))
    if !removed.isEmpty { rows.removeAll { removed.contains($0.position) } }
    rows += steps.filter { !$0.isRemoved }.map(\.row)
  }

  private func fold(
    _ items: [[EventRow]], _ payload: UnsafeRawBufferPointer, _ context: inout FoldContext
  ) -> [Contribution] {
    var sink = template
    for var rows in items where !rows.isEmpty {
      SubjectFold.fold(&rows, payload: payload, context: &context, into: &sink)
    }
    return sink.contributions
  }
}

extension EventRow {
  /// Why an event that is counted at a later cut only changes a score.
  ///
  /// `instant`: the first cut's; an event that occurred before it is late.
  /// `isNewlyAdmitted`: the first cut holds it, but its log did not count.
  package func cause(since instant: Int64, site: String, isNewlyAdmitted: Bool) -> Cause {
    if isNewlyAdmitted { return .membership }
    if let cause = Cause(kind, flags) { return cause }
    let isLate = occurred != EventRow.unknownTime && occurred < instant
    return isLate ? .late(site: site) : .new(site: site)
  }
}
