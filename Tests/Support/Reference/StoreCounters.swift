package import FeedbackLedger
package import LedgerCore
package import LedgerStore

/// The counters of a store by names: as they are kept, as they were at a position, and as a replay finds them.
package struct StoreCounters {
  private let store: Store

  package init(_ ledger: Ledger) {
    store = ledger.store
  }

  package init(_ store: Store) {
    self.store = store
  }

  /// The table `counter`.
  package func kept() throws -> NamedCounters {
    try store.read { database, state in
      var counters = NamedCounters()
      try database.forEachRow("SELECT site, day, cells FROM counter") { row in
        let vocabulary = state.fold.vocabulary
        let (site, day) = (UInt32(row.integer(0)), Int32(row.integer(1)))
        let cells = try row.checkedBlob(2, of: .counter(site: site, day: day))
        CounterCells.forEach(of: Measure.allCases, in: cells) { measure, bucket, value in
          let key = CounterKey(measure: measure, group: site, period: day, bucket: bucket)
          counters.add(
            value, to: key, site: vocabulary.sites[key.group], vocabulary: vocabulary)
        }
      }
      return counters
    }
  }

  /// The sum of the changes up to a position.
  package func changed(upTo position: UInt32) throws -> NamedCounters {
    try store.read { database, state in
      var sink = QuerySink(
        query: Self.query(state), vocabulary: state.fold.vocabulary, ledgerZone: state.fold.zone)
      try CounterReader(database, state).read(
        Set(Measure.allCases), atPosition: position, into: &sink)
      return Self.named(sink.counters, groups: sink.groupValues, state)
    }
  }

  /// A replay of the projection at a cut.
  package func replayed(_ selector: CutSelector = .now) throws -> NamedCounters {
    try replayed { try $0.resolve(selector) }
  }

  /// A replay of what the ledger held at a position.
  package func replayed(upTo position: UInt32) throws -> NamedCounters {
    let clock = try clock(at: position)
    return try replayed { try $0.resolve(asItStood: clock) }
  }

  private func replayed(_ resolve: (CutResolver) throws -> ResolvedCut) throws -> NamedCounters {
    try store.read { database, state in
      let cut = try resolve(CutResolver(database, state))
      let (counters, groups) = try Replay(store, state, cut: cut, query: Self.query(state))
        .run(database)
      return Self.named(counters, groups: groups, state)
    }
  }

  /// The answers to some measures by site and period, compared by customer.
  package func compared(
    _ dedupe: Dedupe, _ measures: Set<Measure>, by period: Grouping?, _ selector: CutSelector = .now
  ) throws -> NamedCounters {
    try store.read { database, state in
      let cut = try CutResolver(database, state).resolve(selector)
      let query = CounterQuery(
        measures: measures, groupings: [.site] + (period.map { [$0] } ?? []), zone: state.fold.zone,
        dedupe: dedupe)
      let (counters, groups) = try Replay(store, state, cut: cut, query: query).run(database)
      return Self.named(counters, groups: groups, state)
    }
  }

  package func clock(at position: UInt32) throws -> VectorClock {
    try store.read { _, state in
      let seqs = state.arrivals.seqs(atPosition: position, logCount: state.logs.count)
      return VectorClock(zip(state.logs, seqs).map { Address(log: $0.id, seq: UInt64($1)) })
    }
  }

  package func clock(of selector: CutSelector) throws -> VectorClock {
    try store.read { try CutResolver($0, $1).resolve(selector).cut.clock }
  }

  package func lastPosition() throws -> UInt32 {
    try store.read { _, state in state.lastPosition }
  }

  private static func query(_ state: StoreState) -> CounterQuery {
    CounterQuery(
      measures: Set(Measure.allCases), groupings: [.site, .day], zone: state.fold.zone)
  }

  private static func named(
    _ table: CounterTable, groups: [[String]], _ state: StoreState
  ) -> NamedCounters {
    var counters = NamedCounters()
    for (key, value) in table.cells {
      let group = Int(key.group) < groups.count ? groups[Int(key.group)] : ["group? \(key.group)"]
      counters.add(value, to: key, site: group.first ?? "", vocabulary: state.fold.vocabulary)
    }
    return counters
  }
}
