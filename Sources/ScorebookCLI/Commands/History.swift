import ArgumentParser
import FeedbackLedger
import LedgerCore

struct History: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print a score as this ledger knew it, arrival by arrival.")

  @OptionGroup var score: ScoreOptions

  @Option(help: "At most so many lines, the newest.")
  var limit = 1_000

  @Flag(help: "As JSON.")
  var json = false

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    guard limit > 0 else {
      throw ArgumentFault.badOption("--limit", got: "\(limit)", expected: "1 or more")
    }
    let ledger = try ledger.open()
    let restatements = try ledger.history(score.request(ledger), limit: limit)
    if json {
      try Output.print(JSONValue.array(restatements.map(Self.value)).text)
    } else {
      try Output.print(Self.table(restatements, metric: score.metric).text)
    }
  }

  private static func table(_ restatements: [Restatement], metric: String) -> AlignedColumns {
    var table = AlignedColumns([
      ("received", .left), (metric, .right), ("n", .right), ("cut", .left), ("sites", .left),
      ("causes", .left),
    ])
    for restatement in restatements {
      let score = restatement.score
      table.add([
        time(restatement), score.value == nil ? ScoreText.none : score.text(), "\(score.n)",
        restatement.digest.short, restatement.sites.joined(separator: ", "),
        causes(restatement).joined(separator: ", "),
      ])
    }
    return table
  }

  private static func value(_ restatement: Restatement) -> JSONValue {
    .object([
      ("received", .string(time(restatement))), ("value", .optional(restatement.score.value)),
      ("low", .optional(restatement.score.low)), ("high", .optional(restatement.score.high)),
      ("n", .integer(restatement.score.n)), ("digest", .string(restatement.digest.description)),
      ("sites", .array(restatement.sites.map { .string($0) })),
      ("causes", .array(causes(restatement).map { .string($0) })),
    ])
  }

  private static func time(_ restatement: Restatement) -> String {
    RFC3339.text(restatement.received) ?? "\(restatement.received.microseconds) µs"
  }

  private static func causes(_ restatement: Restatement) -> [String] {
    restatement.causes.map { $0.site.isEmpty ? $0.name : "\($0.name) (\($0.site))" }
  }
}
