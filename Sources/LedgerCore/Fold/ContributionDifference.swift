/// What an item's counters change by when its history changes: the fold of the history after, less the fold of the
/// history before.
public struct ContributionDifference {
  private var before = ContributionList()
  private var after = ContributionList()

  public init() {}

  /// Adds to `counters` what turns the one fold into the other; cells that are the same in both are left out.
  ///
  /// - Parameters:
  ///   - earlier: the rows that counted before, in any order; likewise `later`.
  ///   - payload: the bytes that the rows of both point into.
  public mutating func changes(
    from earlier: inout [EventRow], to later: inout [EventRow], payload: UnsafeRawBufferPointer,
    context: inout FoldContext, _ body: (CounterKey, Int64) -> Void
  ) {
    before.contributions.removeAll(keepingCapacity: true)
    after.contributions.removeAll(keepingCapacity: true)
    if !earlier.isEmpty {
      SubjectFold.fold(&earlier, payload: payload, context: &context, into: &before)
    }
    if later.count == 1 {
      SubjectFold.fold(single: later[0], payload: payload, context: &context, into: &after)
    } else if !later.isEmpty {
      SubjectFold.fold(&later, payload: payload, context: &context, into: &after)
    }
    emit(context.vocabulary, body)
  }

  /// The changes that an item's only event makes. The same fold, without a history.
  public mutating func changes(
    single row: EventRow, payload: UnsafeRawBufferPointer, context: inout FoldContext,
    _ body: (CounterKey, Int64) -> Void
  ) {
    before.contributions.removeAll(keepingCapacity: true)
    after.contributions.removeAll(keepingCapacity: true)
    SubjectFold.fold(single: row, payload: payload, context: &context, into: &after)
    emit(context.vocabulary, body)
  }

  private func emit(_ vocabulary: Vocabulary, _ body: (CounterKey, Int64) -> Void) {
    if before.contributions.isEmpty {
      for contribution in after.contributions {
        body(
          contribution.keptKey(site: vocabulary.site(ofLabelSet: contribution.labels)),
          contribution.weight)
      }
      return
    }
    var differences: [(key: CounterKey, delta: Int64)] = []
    func add(_ contribution: Contribution, _ sign: Int64) {
      let key = contribution.keptKey(site: vocabulary.site(ofLabelSet: contribution.labels))
      if let index = differences.firstIndex(where: { $0.key == key }) {
        differences[index].delta += sign * contribution.weight
      } else {
        differences.append((key, sign * contribution.weight))
      }
    }
    for contribution in before.contributions { add(contribution, -1) }
    for contribution in after.contributions { add(contribution, 1) }
    for difference in differences where difference.delta != 0 {
      body(difference.key, difference.delta)
    }
  }
}
