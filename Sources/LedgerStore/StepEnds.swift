package import GRDB
package import LedgerCore
import LedgerSchema

/// The steps of arrival after which a query's counters were others than before.
package struct StepEnds {
  /// The end of one step.
  package struct End: Sendable {
    package var position: UInt32
    package var received: Int64
    /// When the step before was received.
    package var receivedBefore: Int64
    package var clock: VectorClock
    package var clockBefore: VectorClock
    package var sites: [String]
  }

  private let database: Database
  private let state: StoreState

  package init(_ database: Database, _ state: StoreState) {
    self.database = database
    self.state = state
  }

  /// Ascending. Finds the positions of changes of the query's counters, and the transactions they belong to.
  ///
  /// Where the kept counters cannot tell, some of the steps may have changed nothing after all.
  /// `metric`: its definitions count as changes too.
  package func ends(of query: CounterQuery, metric: String) throws -> [End] {
    let other = query.dedupe == .all ? [] : try comparedPositions()
    let positions = try changedPositions(query).union(other).union(definitions(of: metric)).sorted()
    let steps = try steps()
    var ends: [End] = []
    var rest = positions[...]
    for (index, step) in steps.enumerated() {
      let inside = rest.prefix { $0 <= step.positions.upperBound }
      rest = rest.dropFirst(inside.count)
      guard !inside.isEmpty else { continue }
      let before = index == 0 ? nil : steps[index - 1]
      ends.append(
        End(
          position: step.positions.upperBound, received: step.received,
          receivedBefore: before?.received ?? Int64.min,
          clock: clock(atPosition: step.positions.upperBound),
          clockBefore: clock(atPosition: step.positions.lowerBound - 1), sites: step.sites))
    }
    return ends
  }

  /// What moves no kept counter, but may move which of a customer's answers is the latest: merges, a customer or a
  /// time of day that is put right.
  private func comparedPositions() throws -> Set<UInt32> {
    var positions: Set<UInt32> = []
    for (address, event) in state.contextEvents where CustomerIdentities.reads(event) {
      add(address, to: &positions)
    }
    func isWanted(_ kind: RowKind) -> Bool {
      kind == .responseReattributed || kind == .responseCorrected
    }
    let sealed = ProjectionPage.number(ofPosition: state.tail.firstPosition)
    try PageScan(database).forEachPage(0..<sealed, depth: .hot) { page in
      for index in 0..<page.rows.count where isWanted(page.rows.kind(ofRow: index)) {
        positions.insert(page.rows.firstPosition + UInt32(index))
      }
    }
    return positions.union(state.tail.rows.filter { isWanted($0.kind) }.map(\.position))
  }

  private func definitions(of metric: String) -> Set<UInt32> {
    var positions: Set<UInt32> = []
    for (address, event) in state.contextEvents {
      guard case .metricDefinitionPublished(let published) = event.body,
        published.metric == metric
      else { continue }
      add(address, to: &positions)
    }
    return positions
  }

  private func add(_ address: Address, to positions: inout Set<UInt32>) {
    guard let log = state.numbers[address.log],
      let position = state.arrivals.position(ofSeq: UInt32(clamping: address.seq), log: log)
    else { return }
    positions.insert(position)
  }

  private func changedPositions(_ query: CounterQuery) throws -> Set<UInt32> {
    let sink = QuerySink(
      query: query, vocabulary: state.fold.vocabulary, ledgerZone: state.fold.zone,
      takesKept: true)
    let usesKept = query.canUseKeptCounters(in: state.fold.zone)
    var positions: Set<UInt32> = []
    for measure in query.measures where measure != .conflicts {
      try CounterReader(database, state).changes(
        of: measure, after: 0, through: state.lastPosition
      ) { change in
        // Where the kept counters cannot tell, every change of the measure is a candidate.
        if !usesKept || sink.admits(kept: change.key) { positions.insert(change.position) }
      }
    }
    return positions
  }

  private struct Step {
    var positions: ClosedRange<UInt32>
    var received: Int64
    var sites: [String]
  }

  private func steps() throws -> [Step] {
    var steps: [Step] = []
    var current: Int64?
    try database.forEachArrival(logCount: state.logs.count) { arrival in
      let site = state.logs[Int(arrival.log)].site
      if arrival.step == current, let last = steps.last {
        steps[steps.count - 1].positions = last.positions.lowerBound...arrival.lastPosition
        if !last.sites.contains(site) { steps[steps.count - 1].sites.append(site) }
      } else {
        steps.append(
          Step(
            positions: arrival.firstPosition...arrival.lastPosition, received: arrival.received,
            sites: [site]))
      }
      current = arrival.step
    }
    return steps
  }

  private func clock(atPosition position: UInt32) -> VectorClock {
    let seqs = state.arrivals.seqs(atPosition: position, logCount: state.logs.count)
    return VectorClock(zip(state.logs, seqs).map { Address(log: $0.id, seq: UInt64($1)) })
  }
}
