public import LedgerCore
import LedgerSchema
import LedgerStore

extension MetricDefinition {
  /// Reads what `description` writes, and any YAML mapping that says the same.
  ///
  /// - Throws: `DefinitionRefusal`.
  public init(text: String) throws {
    self = try DefinitionText.definition(text)
  }
}

extension Ledger {
  /// Publishes a definition: an event after which every site reads the score so, from the cut that holds it on.
  ///
  /// The same text again publishes nothing.
  ///
  /// - Throws: `DefinitionRefusal`; `DefinitionError`.
  public func define(
    _ text: String
  ) throws -> (address: Address, definition: MetricDefinition, isNew: Bool) {
    let definition = try DefinitionText.definition(text)
    guard BuiltInMetrics.definition(definition.id) == nil else {
      throw DefinitionError.builtIn(definition.id)
    }
    if let zone = definition.zone, ZoneOffsets(iana: zone) == nil {
      throw DefinitionRefusal.unknownZone(zone)
    }
    let (address, isNew) = try withRecorder { recorder -> (Address, Bool) in
      let state = recorder.appender.state
      let register = try DefinitionRegister(recorder.appender.connection, state)
      if let known = try? register.known(definition.id), known.definition == definition,
        let address = known.address
      {
        return (address, false)
      }
      let version = register.versionMax(definition.id)
      guard definition.version > version else {
        throw DefinitionError.versionTaken(definition.id, definition.version, last: version)
      }
      var published = Scorebook_V1_MetricDefinitionPublished()
      published.metric = definition.id
      published.version = definition.version
      published.definition = definition.description
      return (try recorder.append(.metricDefinitionPublished(published)), true)
    }
    return (address, definition, isNew)
  }

  /// The zone in which a score's days are counted unless a request names another.
  ///
  /// - Throws: `DefinitionError.unreadable`. An id that means nothing has the ledger's zone.
  public func timeZone(ofMetric id: String) throws -> String {
    try store.read { database, state in
      let register = try DefinitionRegister(database, state)
      return try register.known(id)?.definition.zone ?? state.fold.zone.name
    }
  }

  /// The definitions known at a point in time: the built-in ones, then the published ones by id.
  public func definitions(at point: PointInTime = .now) throws -> [KnownDefinition] {
    try store.read { database, state in
      let answer = ScoreAnswer(self, database, state)
      let register = try DefinitionRegister(database, state, at: try answer.resolve(point))
      let builtIn = BuiltInMetrics.all.map(\.id)
      return try (builtIn + register.ids).compactMap { try register.known($0) }
    }
  }
}
