package import LedgerCore
import LedgerSchema
package import LedgerStore

extension Ledger {
  /// The scores of a request. Now, at a cut, in an explanation and in a verification the same fold answers.
  ///
  /// The definition is the one in force at the cut, or the one that a publication fixed.
  ///
  /// - Throws: `LedgerError.unknownMetric`, `DefinitionError.unreadable`, `.unknownTimeZone`, `.unknownPublication`;
  ///   `StoreError`.
  public func score(_ request: ScoreRequest) throws -> ScoreTable {
    try store.read { database, state in
      try ScoreAnswer(self, database, state).table(request)
    }
  }
}

/// Answers score requests at one moment of the file.
package struct ScoreAnswer {
  let ledger: Ledger
  let database: Connection
  let state: StoreState

  package init(_ ledger: Ledger, _ database: Connection, _ state: StoreState) {
    self.ledger = ledger
    self.database = database
    self.state = state
  }

  package func table(_ request: ScoreRequest) throws -> ScoreTable {
    let cut = try resolve(request.at)
    return try table(request, try definition(request, at: cut), at: cut)
  }

  func table(
    _ request: ScoreRequest, _ known: KnownDefinition, at cut: ResolvedCut
  ) throws -> ScoreTable {
    let definition = known.definition
    let query = try query(request, definition)
    let (counters, groups) = try counters(query, at: cut)
    let rows = ScoreRows(definition: definition, query: query, vocabulary: state.fold.vocabulary)
      .rows(of: counters, groups: groups, request: request)
    let resolver = CutResolver(database, state)
    return ScoreTable(
      request: request, definition: definition, rows: rows,
      digest: try resolver.digest(of: cut.cut), clock: cut.cut.clock, timeZone: query.zone.name,
      warnings: try PublicationCheck(self).warnings(request, rows)
        + ScoreWarnings(self).warnings(
          request, cut: cut, counters: counters, definition: known))
  }

  package func resolve(_ point: PointInTime) throws -> ResolvedCut {
    let resolver = CutResolver(database, state)
    if case .known(let site, _) = point, !state.logs.contains(where: { $0.site == site }) {
      throw LedgerError.unknownSite(site, known: Set(state.logs.map(\.site)).sorted())
    }
    if let selector = point.selector { return try resolver.resolve(selector) }
    guard case .publication(let address) = point else { return try resolver.resolve(.now) }
    return try resolver.resolve(asItStood: try publication(address).clock)
  }

  func query(_ request: ScoreRequest, _ definition: MetricDefinition) throws -> CounterQuery {
    var zone = state.fold.zone
    if let name = request.timeZone ?? definition.zone, name != zone.name {
      guard let other = ZoneOffsets(iana: name) else { throw LedgerError.unknownTimeZone(name) }
      zone = other
    }
    return CounterQuery(
      measures: Set(definition.measures).union([.conflicts]),
      // A backlog is everything opened up to the window's end.
      from: definition.isRunningTotal ? nil : request.from, to: request.to,
      groupings: request.groupings, filters: request.filters, zone: zone,
      dedupe: definition.dedupe, window: definition.window, population: definition.population)
  }

  /// The counters of a query at a cut, from what is kept where that answers it, else from a replay.
  package func counters(
    _ query: CounterQuery, at cut: ResolvedCut
  ) throws -> (counters: CounterTable, groups: [[String]]) {
    guard let position = cut.position, query.canUseKeptCounters(in: state.fold.zone) else {
      return try Replay(ledger.store, state, cut: cut, query: query).run(database)
    }
    var sink = QuerySink(
      query: query, vocabulary: state.fold.vocabulary, ledgerZone: state.fold.zone,
      takesKept: true)
    let reader = CounterReader(database, state)
    if position == state.lastPosition {
      try reader.readNow(query, into: &sink)
    } else {
      try reader.read(query.measures, atPosition: position, into: &sink)
    }
    return (sink.counters, sink.groupValues)
  }
}
