/// Explains one item: folds its history at the first cut, then with one cause after another.
///
/// The steps are real folds of growing sets of events, so their differences telescope to the whole change, whatever
/// the events do to each other. An event whose target is not yet in is felt in its target's step.
package struct ItemExplanation {
  /// One event that the second cut counts and the first does not.
  package struct Step {
    package var row: EventRow
    package var cause: Cause

    package init(row: EventRow, cause: Cause) {
      self.row = row
      self.cause = cause
    }
  }

  package init() {}

  /// Calls `body` for each cause that touches the item, in order, with what its contributions were before and are
  /// after the cause's events are in.
  ///
  /// `base`: the rows that count at the first cut.
  /// `steps`: the rows that the second cut adds.
  /// `payload`: the bytes that the rows point into.
  package func explain(
    base: [EventRow], steps: [Step], payload: UnsafeRawBufferPointer, context: inout FoldContext,
    _ body: (_ cause: Cause, _ before: [Contribution], _ after: [Contribution]) -> Void
  ) {
    var counted = base
    var before = fold(counted, payload, &context)
    for cause in Set(steps.map(\.cause)).sorted() {
      counted.append(contentsOf: steps.filter { $0.cause == cause }.map(\.row))
      let after = fold(counted, payload, &context)
      body(cause, before, after)
      before = after
    }
  }

  private func fold(
    _ rows: [EventRow], _ payload: UnsafeRawBufferPointer, _ context: inout FoldContext
  ) -> [Contribution] {
    var rows = rows
    var sink = ContributionList()
    if !rows.isEmpty {
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
    if let cause = Cause(kind) { return cause }
    let isLate = occurred != EventRow.unknownTime && occurred < instant
    return isLate ? .late(site: site) : .new(site: site)
  }
}
