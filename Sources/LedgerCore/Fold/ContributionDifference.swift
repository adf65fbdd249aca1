/// What an item's counters change by when its history changes: the fold of the history after, less the fold of the
/// history before.
package struct ContributionDifference {
  /// What turns the one fold into the other; cells that are the same in both are left out.
  package private(set) var deltas: [(key: CounterKey, delta: Int64)] = []
  private var before = ContributionList()
  private var after = ContributionList()

  package init() {}

  /// Sets `deltas` to what turns one history into another.
  ///
  /// `earlier`: the rows that counted before, in any order; likewise `later`.
  /// `payload`: the bytes that the rows of both point into.
  package mutating func set(
    from earlier: inout [EventRow], to later: inout [EventRow], payload: UnsafeRawBufferPointer,
    context: inout FoldContext
  ) {
    clear()
    if !earlier.isEmpty {
      SubjectFold.fold(&earlier, payload: payload, context: &context, into: &before)
    }
    if later.count == 1 {
      SubjectFold.fold(single: later[0], payload: payload, context: &context, into: &after)
    } else if !later.isEmpty {
      SubjectFold.fold(&later, payload: payload, context: &context, into: &after)
    }
    for contribution in before.contributions { add(contribution, sign: -1, context) }
    for contribution in after.contributions { add(contribution, sign: 1, context) }
    deltas.removeAll { $0.delta == 0 }
  }

  /// The changes that an item's only event makes. The same fold, without a history.
  package mutating func set(
    single row: EventRow, payload: UnsafeRawBufferPointer, context: inout FoldContext
  ) {
    clear()
    SubjectFold.fold(single: row, payload: payload, context: &context, into: &after)
    for contribution in after.contributions { add(contribution, sign: 1, context) }
  }

  private mutating func clear() {
    deltas.removeAll(keepingCapacity: true)
    before.contributions.removeAll(keepingCapacity: true)
    after.contributions.removeAll(keepingCapacity: true)
  }

  private mutating func add(_ contribution: Contribution, sign: Int64, _ context: FoldContext) {
    let site = context.vocabulary.site(ofLabelSet: contribution.labels)
    let key = contribution.keptKey(site: site)
    if let index = deltas.firstIndex(where: { $0.key == key }) {
      deltas[index].delta &+= sign &* contribution.weight
    } else {
      deltas.append((key, sign &* contribution.weight))
    }
  }
}
