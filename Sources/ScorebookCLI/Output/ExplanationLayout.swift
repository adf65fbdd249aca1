import FeedbackLedger
import LedgerCore

/// An explanation, for people and for programs.
struct ExplanationLayout {
  private let explanation: Explanation
  /// The two points in time as they were asked for.
  private let cuts: [String]

  init(_ explanation: Explanation, cuts: [String]) {
    self.explanation = explanation
    self.cuts = cuts
  }

  var text: String {
    var grid = AlignedColumns([
      ("cause", .left), ("effect", .right), ("items", .right),
      (explanation.definition.id, .right), ("n", .right),
    ])
    grid.add(["from \(cuts[0])", "", "", value(explanation.first), "\(explanation.first.n)"])
    for part in explanation.parts {
      grid.add([
        name(part.cause), effect(part.effect), part.items == 0 ? "" : "\(part.items)",
        value(part.score), "\(part.score.n)",
      ])
    }
    grid.add([
      "to \(cuts[1])", effect(explanation.change), "", value(explanation.second),
      "\(explanation.second.n)",
    ])
    return ([grid.text] + events + ["", footer]).joined(separator: "\n")
  }

  private var footer: String {
    let definition = explanation.definition
    return "\(definition.title), in \(definition.unit.rawValue); \(definition.polarity.rawValue)\n"
      + "cuts \(explanation.firstDigest.short) and \(explanation.secondDigest.short)"
  }

  private var events: [String] {
    explanation.parts.filter { !$0.events.isEmpty }.flatMap { part in
      ["", "\(name(part.cause)):"]
        + part.events.map { event in
          let addresses = event.addresses.map(\.description).joined(separator: " ")
          let subject = event.customer.map { "customer:\($0)" } ?? "item:\(event.item)"
          let line = "  \(event.site) \(subject) \(event.before) → \(event.after)"
          return AlignedColumns.printable("\(line)  \(addresses)")
        }
    }
  }

  private func name(_ cause: Cause) -> String {
    cause.site.isEmpty ? cause.name : "\(cause.name) (\(cause.site))"
  }

  private func value(_ score: Score) -> String {
    score.value == nil ? ScoreText.none : score.text()
  }

  private func effect(_ effect: Double?) -> String {
    guard let effect else { return ScoreText.none }
    let text = effect.roundedText(decimals: explanation.definition.decimals)
    return effect > 0 ? "+" + text : text
  }

  /// The keys are the same for every metric.
  var json: JSONValue {
    .object([
      ("metric", .string(explanation.definition.id)),
      ("version", .integer(Int64(explanation.definition.version))),
      ("unit", .string(explanation.definition.unit.rawValue)),
      ("first", score(explanation.first, cuts[0], explanation.firstDigest)),
      ("second", score(explanation.second, cuts[1], explanation.secondDigest)),
      ("change", .optional(explanation.change)), ("parts", .array(explanation.parts.map(part))),
    ])
  }

  private func score(_ score: Score, _ cut: String, _ digest: Digest256) -> JSONValue {
    .object([
      ("at", .string(cut)), ("digest", .string(digest.description)),
      ("value", .optional(score.value)), ("n", .integer(score.n)),
    ])
  }

  private func part(_ part: Explanation.Part) -> JSONValue {
    .object([
      ("cause", .string(part.cause.name)), ("site", .string(part.cause.site)),
      ("effect", .optional(part.effect)), ("items", .integer(Int64(part.items))),
      ("value", .optional(part.score.value)), ("n", .integer(part.score.n)),
      ("events", .array(part.events.map(event))),
    ])
  }

  private func event(_ event: Explanation.Event) -> JSONValue {
    .object([
      ("item", .string(event.item.description)),
      ("customer", .optional(event.customer?.description)), ("site", .string(event.site)),
      ("before", .string(event.before)), ("after", .string(event.after)),
      ("addresses", .array(event.addresses.map { .string($0.description) })),
    ])
  }
}
