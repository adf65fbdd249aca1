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
      let definition = try answer.definition(request.metric)
      let query = try answer.query(request, definition)
      let ends = try StepEnds(database, state).ends(of: query)
      var restatements: [Restatement] = []
      var earlier: ResolvedCut?
      for end in ends.suffix(limit) {
        let cut = try CutResolver(database, state).resolve(end.clock)
        let table = try answer.table(request, at: cut)
        guard let score = table.rows.first?.score else { continue }
        let base = try earlier ?? CutResolver(database, state).resolve(end.clockBefore)
        let causes = try answer.causes(query, from: base, to: cut, instant: end.receivedBefore)
        earlier = cut
        restatements.append(
          Restatement(
            position: Int(end.position), received: Instant(microseconds: end.received),
            score: score, digest: table.digest, sites: end.sites, causes: causes))
      }
      return restatements
    }
  }
}

extension ScoreAnswer {
  func table(_ request: ScoreRequest, at cut: ResolvedCut) throws -> ScoreTable {
    var fixed = request
    fixed.at = .clock(cut.cut.clock)
    return try table(fixed)
  }

  /// The causes that moved a query's counters between two cuts.
  func causes(
    _ query: CounterQuery, from first: ResolvedCut, to second: ResolvedCut, instant: Int64
  ) throws -> [Cause] {
    let sink = QuerySink(
      query: query, vocabulary: state.fold.vocabulary, ledgerZone: state.fold.zone)
    var causes: Set<Cause> = []
    try ExplainReader(database, state, query: query)
      .forEachEffect(from: first, to: second, instant: instant) { effect in
        if effect.before.filter(sink.admits) != effect.after.filter(sink.admits) {
          causes.insert(effect.cause)
        }
      }
    return causes.sorted()
  }
}
