package import FeedbackLedger
package import LedgerCore

/// What every cut that was ever asked for answered: the same digest must give the same scores, at any ledger and at
/// any time.
package struct CutMemory: Sendable {
  private struct Question: Hashable {
    var digest: Digest256
    var metric: String
  }

  private var answers: [Question: (rows: [String], name: String)] = [:]
  /// The cuts that were asked for, so that they are asked for again later.
  package private(set) var clocks: [VectorClock] = []
  private static let clocksMax = 4

  package init() {}

  package mutating func keep(_ clock: VectorClock) {
    if clocks.count < Self.clocksMax { clocks.append(clock) }
  }

  /// - Returns: a violation where the cut answered otherwise before.
  package mutating func note(
    _ rows: [String], of metric: String, digest: Digest256, by name: String, machine: Int
  ) -> Violation? {
    let question = Question(digest: digest, metric: metric)
    guard let known = answers[question] else {
      answers[question] = (rows, name)
      return nil
    }
    guard known.rows != rows else { return nil }
    return Violation(
      .cuts, "\(metric) at \(digest.short): \(name) says \(rows), \(known.name) said \(known.rows)",
      machines: [machine])
  }

  /// Asks a ledger.
  package mutating func ask(
    _ ledger: Ledger, _ metric: String, at clock: VectorClock, machine: Int
  ) throws -> Violation? {
    let request = ScoreRequest(metric: metric, groupings: [.site, .month], at: .clock(clock))
    do {
      let table = try ledger.score(request)
      return note(
        table.rows.map { "\($0.group) \($0.score)" }, of: metric, digest: table.digest,
        by: "machine \(machine)", machine: machine)
    } catch LedgerError.unknownMetric {
      return nil
    }
  }
}

/// The effects of the parts sum to the change, and both ends are what the score says there.
package enum ExplanationSum {
  package static func violations(
    in ledger: Ledger, _ metric: String, from first: VectorClock, to second: VectorClock,
    machine: Int
  ) throws -> [Violation] {
    do {
      let request = ScoreRequest(metric: metric)
      let explanation = try ledger.explain(request, from: .clock(first), to: .clock(second))
      let ends = try [first, second].map { clock in
        try ledger.score(ScoreRequest(metric: metric, at: .clock(clock))).rows.first?.score.value
      }
      return violations(
        metric, first: explanation.first.value, second: explanation.second.value, ends: ends,
        effects: explanation.parts.map(\.effect), machine: machine)
    } catch LedgerError.unknownMetric {
      return []
    }
  }

  package static func violations(
    _ metric: String, first: Double?, second: Double?, ends: [Double?], effects: [Double?],
    machine: Int
  ) -> [Violation] {
    func wrong(_ what: String) -> [Violation] {
      [Violation(.explanation, "\(metric) at machine \(machine): \(what)", machines: [machine])]
    }
    if [first, second] != ends {
      return wrong("explains \([first, second]), where the scores are \(ends)")
    }
    guard let first, let second, !effects.contains(nil) else { return [] }
    let sum = effects.compactMap(\.self).reduce(0, +)
    guard abs(sum - (second - first)) > 1e-9 else { return [] }
    return wrong("the parts sum to \(sum) instead of \(second - first)")
  }
}
