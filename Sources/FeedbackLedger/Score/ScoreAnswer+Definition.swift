import LedgerCore
import LedgerSchema
import LedgerStore

extension ScoreAnswer {
  /// The definition that a request is read by: the one that a publication fixed, else the one in force at the cut.
  ///
  /// - Throws: `LedgerError.unknownMetric`, `DefinitionError.unreadable`.
  func definition(_ request: ScoreRequest, at cut: ResolvedCut) throws -> KnownDefinition {
    if case .publication(let address) = request.at {
      let message = try publication(address).message
      if message.metric == request.metric {
        let fixed = try DefinitionRegister.definition(message.definition, message.metric)
        return KnownDefinition(fixed)
      }
    }
    if let known = try knownDefinition(request.metric, at: cut) { return known }
    let published = try DefinitionRegister(database, state).ids
    throw LedgerError.unknownMetric(
      request.metric,
      suggestions: BuiltInMetrics.suggestions(for: request.metric, published: published))
  }

  /// Nil for an id that means nothing in the cut.
  func knownDefinition(_ id: String, at cut: ResolvedCut) throws -> KnownDefinition? {
    // The common case needs no look at what was published.
    if let builtIn = BuiltInMetrics.definition(id) {
      return KnownDefinition(builtIn)
    }
    return try DefinitionRegister(database, state, at: cut).known(id)
  }

  /// The definition in force at a cut, or where that is older than the id, the first that it ever had: so a history
  /// reaches back before the day on which somebody defined the score.
  func definitionEvenBefore(_ id: String, at cut: ResolvedCut) throws -> MetricDefinition? {
    if let known = try knownDefinition(id, at: cut) { return known.definition }
    return try DefinitionRegister(database, state).first(id)
  }
}
