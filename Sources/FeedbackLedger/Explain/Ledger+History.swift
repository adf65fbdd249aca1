public import LedgerCore
import LedgerStore

/// A score as it was known after one step of arrival.
public struct Restatement: Sendable {
  /// The newest event of the step.
  public let position: Int
  /// When the step arrived here.
  public let received: Instant
  /// As it was known after the step.
  public let score: Score
  /// Names the cut after the step.
  public let digest: Digest256
  /// The sites whose events arrived in the step.
  public let sites: [String]
  /// The causes whose parts were not zero, as an explanation would name them.
  public let causes: [Cause]
}

extension Ledger {
  /// The value of one window as this ledger knew it over time: one entry for each arrival that changed it.
  ///
  /// `limit`: the newest so many restatements.
  /// - Throws: `LedgerError.explainNeedsOneGroup` for a request with groupings.
  public func history(_ request: ScoreRequest, limit: Int = 1_000) throws -> [Restatement] {
    guard request.groupings.isEmpty else { throw LedgerError.explainNeedsOneGroup }
    return try store.read { database, state in
      let answer = ScoreAnswer(self, database, state)
      let now = try answer.definition(request, at: answer.resolve(.now)).definition
      let ends = try StepEnds(database, state).ends(
        of: try answer.query(request, now), metric: request.metric)
      var restatements: [Restatement] = []
      // A candidate may have changed nothing that is asked for: so the newest are found from the end.
      for end in ends.reversed() where restatements.count < limit {
        if let restatement = try answer.restatement(request, at: end) {
          restatements.append(restatement)
        }
      }
      return restatements.reversed()
    }
  }
}

extension ScoreAnswer {
  /// Nil where the step changed nothing that is asked for.
  fileprivate func restatement(
    _ request: ScoreRequest, at end: StepEnds.End
  ) throws -> Restatement? {
    let resolver = CutResolver(database, state)
    let (base, cut) = (
      try resolver.resolve(asItStood: end.clockBefore), try resolver.resolve(asItStood: end.clock)
    )
    guard let before = try definitionEvenBefore(request.metric, at: base),
      let after = try definitionEvenBefore(request.metric, at: cut)
    else { return nil }
    var causes = try causes(
      try query(request, after), from: base, to: cut, instant: end.receivedBefore)
    if before != after { causes.append(.definitionChanged) }
    guard !causes.isEmpty else { return nil }
    var fixed = request
    fixed.at = .clock(cut.cut.clock)
    let table = try table(fixed, KnownDefinition(after), at: cut)
    return table.rows.first.map { row in
      Restatement(
        position: Int(end.position), received: Instant(microseconds: end.received),
        score: row.score, digest: table.digest, sites: end.sites, causes: causes)
    }
  }

  /// The causes that moved a query's counters between two cuts, in order.
  private func causes(
    _ query: CounterQuery, from first: ResolvedCut, to second: ResolvedCut, instant: Int64
  ) throws -> [Cause] {
    var sink = QuerySink(
      query: query.withoutDedupe, vocabulary: state.fold.vocabulary, ledgerZone: state.fold.zone)
    var causes: Set<Cause> = []
    try ExplainReader(database, state, query: query)
      .forEachEffect(from: first, to: second, instant: instant) { effect, vocabulary in
        sink.extend(to: vocabulary)
        if effect.before.filter(sink.admits) != effect.after.filter(sink.admits) {
          causes.insert(effect.cause)
        }
      }
    return causes.sorted()
  }
}
