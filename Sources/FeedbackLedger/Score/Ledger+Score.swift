package import LedgerCore
import LedgerSchema
package import LedgerStore

extension Ledger {
  /// The scores of a request. Now, at a cut, in an explanation and in a verification the same fold answers.
  ///
  /// - Throws: `LedgerError.unknownMetric`, `.unknownTimeZone`, `.unknownPublication`; `StoreError`.
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
    let definition = try definition(request.metric)
    let cut = try resolve(request.at)
    let query = try query(request, definition)
    let (counters, groups) = try counters(query, at: cut)
    let rows = ScoreRows(definition: definition, query: query, vocabulary: state.fold.vocabulary)
      .rows(of: counters, groups: groups, request: request)
    let resolver = CutResolver(database, state)
    return ScoreTable(
      request: request, definition: definition, rows: rows,
      digest: try resolver.digest(of: cut.cut), clock: cut.cut.clock, timeZone: query.zone.name,
      warnings: try ScoreWarnings(self).warnings(cut: cut, counters: counters))
  }

  func definition(_ metric: String) throws -> MetricDefinition {
    guard let definition = BuiltInMetrics.definition(metric) else {
      throw LedgerError.unknownMetric(metric, suggestions: BuiltInMetrics.suggestions(for: metric))
    }
    return definition
  }

  package func resolve(_ point: PointInTime) throws -> ResolvedCut {
    let resolver = CutResolver(database, state)
    if case .known(let site, _) = point, !state.logs.contains(where: { $0.site == site }) {
      throw LedgerError.unknownSite(site, known: Set(state.logs.map(\.site)).sorted())
    }
    if let selector = point.selector { return try resolver.resolve(selector) }
    guard case .publication(let address) = point else { return try resolver.resolve(.now) }
    return try resolver.resolve(try publication(address).clock)
  }

  func query(_ request: ScoreRequest, _ definition: MetricDefinition) throws -> CounterQuery {
    var zone = state.fold.zone
    if let name = request.timeZone, name != zone.name {
      guard let other = ZoneOffsets(iana: name) else { throw LedgerError.unknownTimeZone(name) }
      zone = other
    }
    return CounterQuery(
      measures: Set(definition.measures).union([.conflicts]),
      // A backlog is everything opened up to the window's end.
      from: definition.isRunningTotal ? nil : request.from, to: request.to,
      groupings: request.groupings, filters: request.filters, zone: zone)
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
