import LedgerCore
import LedgerSchema
import LedgerStore
import SwiftProtobuf

extension Ledger {
  /// Explains how the score of a request changed between two points in time, down to the events that moved it.
  ///
  /// `withEvents`: lists the items behind each part.
  /// - Throws: `LedgerError.explainNeedsOneGroup` for a request with groupings.
  public func explain(
    _ request: ScoreRequest, from first: PointInTime, to second: PointInTime,
    withEvents: Bool = false
  ) throws -> Explanation {
    guard request.groupings.isEmpty else { throw LedgerError.explainNeedsOneGroup }
    return try store.read { database, state in
      try Explainer(ScoreAnswer(self, database, state), request, withEvents: withEvents)
        .explain(from: first, to: second)
    }
  }
}

/// One explanation in the making.
private struct Explainer {
  let answer: ScoreAnswer
  let request: ScoreRequest
  let withEvents: Bool

  init(_ answer: ScoreAnswer, _ request: ScoreRequest, withEvents: Bool) {
    self.answer = answer
    self.request = request
    self.withEvents = withEvents
  }

  func explain(from first: PointInTime, to second: PointInTime) throws -> Explanation {
    let low = try answer.resolve(first)
    let high = try answer.resolve(second)
    let (definition, later) = try definitions(first, low, second, high)
    let query = try answer.query(request, definition)
    let resolver = CutResolver(answer.database, answer.state)
    // What only the first cut holds is taken out first: A → A∧B → B.
    let base =
      high.cut.covers(low.cut)
      ? low : try resolver.resolve(asItStood: low.cut.meeting(high.cut).clock)
    var running = try answer.counters(query, at: low).counters
    let firstScore = score(definition, running)
    var parts: [Explanation.Part] = []
    if base.cut != low.cut {
      let met = try answer.counters(query, at: base).counters
      parts.append(part(.notKnown, definition, after: met, before: firstScore, items: 0, []))
      running = met
    }
    let instant = try self.instant(of: first, low)
    let steps = try self.steps(query, from: base, to: high, instant: instant)
    for (cause, step) in steps.steps.sorted(by: { $0.key < $1.key }) {
      let before = parts.last?.score ?? firstScore
      running.add(step.sink.counters)
      let events = try step.effects.map { try event($0, steps) }
      parts.append(
        part(cause, definition, after: running, before: before, items: step.items, events))
    }
    let end = try answer.counters(try answer.query(request, later), at: high).counters
    if later != definition {
      let before = parts.last?.score ?? firstScore
      parts.append(part(.definitionChanged, later, after: end, before: before, items: 0, []))
    }
    return Explanation(
      request: request, definition: later, first: firstScore,
      firstDigest: try resolver.digest(of: low.cut), second: score(later, end),
      secondDigest: try resolver.digest(of: high.cut), parts: parts)
  }

  /// The definitions in force at the two points; where one of them is older than the id, that of the other.
  private func definitions(
    _ first: PointInTime, _ low: ResolvedCut, _ second: PointInTime, _ high: ResolvedCut
  ) throws -> (first: MetricDefinition, second: MetricDefinition) {
    func known(_ point: PointInTime, _ cut: ResolvedCut) throws -> MetricDefinition? {
      var asked = request
      asked.at = point
      do {
        return try answer.definition(asked, at: cut).definition
      } catch LedgerError.unknownMetric {
        return nil
      }
    }
    let (before, after) = (try known(first, low), try known(second, high))
    if let one = before ?? after { return (one, after ?? one) }
    var asked = request
    asked.at = second
    let definition = try answer.definition(asked, at: high).definition
    return (definition, definition)
  }

  private func steps(
    _ query: CounterQuery, from base: ResolvedCut, to high: ResolvedCut, instant: Int64
  ) throws -> Steps {
    var steps = Steps(query: query, answer.state, keepEvents: withEvents)
    try ExplainReader(answer.database, answer.state, query: query)
      .forEachEffect(from: base, to: high, instant: instant) { effect, vocabulary in
        steps.add(effect, vocabulary)
      }
    return steps
  }

  private func score(_ definition: MetricDefinition, _ counters: CounterTable) -> Score {
    ScoreReadOut.score(
      definition,
      of: MeasureCounts(
        cells: counters.cells.filter { $0.key.measure != Measure.conflicts.rawValue }),
      vocabulary: answer.state.fold.vocabulary)
  }

  private func part(
    _ cause: Cause, _ definition: MetricDefinition, after counters: CounterTable, before: Score,
    items: Int, _ events: [Explanation.Event]
  ) -> Explanation.Part {
    let after = score(definition, counters)
    var effect: Double?
    if let low = before.value, let high = after.value { effect = high - low }
    return Explanation.Part(
      cause: cause, score: after, effect: effect, items: items, events: events)
  }

  /// What "late" is measured against: the selector's own time, or the newest recording inside the cut.
  private func instant(of point: PointInTime, _ cut: ResolvedCut) throws -> Int64 {
    switch point {
    case .recorded(let instant), .received(let instant), .known(_, let instant):
      return instant.microseconds
    case .now, .clock, .publication:
      return try EntryTimes(answer.database, answer.state).newestRecorded(in: cut.cut)
    }
  }

  private func event(
    _ effect: ExplainReader.Effect, _ steps: Steps
  ) throws -> Explanation.Event {
    let state = answer.state
    let addresses = effect.events.compactMap { position in
      state.arrivals.place(ofPosition: position).map {
        Address(log: state.logs[Int($0.log)].id, seq: UInt64($0.seq))
      }
    }
    let labels = (effect.after.first ?? effect.before.first)?.labels ?? 0
    let vocabulary = steps.vocabulary
    let text = ContributionText(sink: steps.template, vocabulary: vocabulary)
    return Explanation.Event(
      addresses: addresses, item: try item(of: effect), customer: effect.customer,
      site: vocabulary.sites[vocabulary.site(ofLabelSet: labels)],
      before: text.text(of: effect.before), after: text.text(of: effect.after),
      contributionsBefore: effect.before, contributionsAfter: effect.after)
  }

  /// The name of an effect's item. An entry is read and decoded only where it carries the name.
  private func item(of effect: ExplainReader.Effect) throws -> ItemID {
    guard let place = answer.state.arrivals.place(ofPosition: effect.item) else {
      return ItemID(high: 0, low: 0)
    }
    let address = Address(log: answer.state.logs[Int(place.log)].id, seq: UInt64(place.seq))
    if effect.isNamedByAddress { return ItemID(openedAt: address) }
    guard
      let entry = try EntryReader(answer.database).entry(log: place.log, seq: UInt64(place.seq)),
      let event = try? Scorebook_V1_Event(serializedBytes: entry)
    else { return ItemID(high: 0, low: 0) }
    return Projector.item(of: event.meaning, at: address)
  }
}

/// The effects of one explanation, added up by cause.
private struct Steps {
  struct Step {
    var sink: QuerySink
    var items = 0
    var effects: [ExplainReader.Effect] = []
  }

  /// An empty sink of the query: what it admits belongs to the score. Effects are compared by customer already.
  private(set) var template: QuerySink
  /// Of the effects so far.
  private(set) var vocabulary: Vocabulary
  private let keepEvents: Bool
  private(set) var steps: [Cause: Step] = [:]

  init(query: CounterQuery, _ state: StoreState, keepEvents: Bool) {
    template = QuerySink(
      query: query.withoutDedupe, vocabulary: state.fold.vocabulary, ledgerZone: state.fold.zone)
    vocabulary = state.fold.vocabulary
    self.keepEvents = keepEvents
  }

  /// Adds an effect where it changes the query's counters.
  mutating func add(_ effect: ExplainReader.Effect, _ vocabulary: Vocabulary) {
    if vocabulary.labelSets.count > self.vocabulary.labelSets.count {
      self.vocabulary = vocabulary
      template.extend(to: vocabulary)
    }
    let before = effect.before.filter(template.admits)
    let after = effect.after.filter(template.admits)
    guard before != after else { return }
    var step = steps.removeValue(forKey: effect.cause) ?? Step(sink: template)
    step.sink.extend(to: self.vocabulary)
    for var contribution in before {
      contribution.weight = 0 &- contribution.weight
      step.sink.add(contribution)
    }
    for contribution in after { step.sink.add(contribution) }
    step.items += 1
    if keepEvents { step.effects.append(effect) }
    steps[effect.cause] = step
  }
}
