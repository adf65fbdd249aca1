package import GRDB
package import LedgerCore

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
  package func ends(of query: CounterQuery) throws -> [End] {
    let positions = try changedPositions(query)
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

  private func changedPositions(_ query: CounterQuery) throws -> [UInt32] {
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
    return positions.sorted()
  }

  private struct Step {
    var positions: ClosedRange<UInt32>
    var received: Int64
    var sites: [String]
  }

  private func steps() throws -> [Step] {
    var steps: [Step] = []
    var current: Int64?
    try database.forEachRow(
      """
      SELECT first_position, count, log, first_seq, received_us, is_own, step
      FROM arrival ORDER BY first_position
      """
    ) { row in
      let arrival = Arrival(reading: row)
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
