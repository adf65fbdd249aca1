import ArgumentParser
import FeedbackLedger
import LedgerCore

struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score", abstract: "Print a score as it stands, or stood, at a point in time.",
    discussion: """
      The window (--from, --to) selects by when customers acted; the point in time (--at) by what \
      was known. Points in time: now, recorded:TIME (what sites had written), known:SITE@TIME, \
      received:TIME (what this ledger held), publication:LOG/SEQ, clock:FILE (of heads --json).
      """)

  @OptionGroup var score: ScoreOptions
  @OptionGroup var grouping: GroupingOption

  @Option(help: ArgumentHelp("The point in time.", valueName: "cut"))
  var at = "now"

  @Option(help: "table, csv or json.")
  var format = ScoreFormat.table

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    let ledger = try ledger.open()
    let point = try CutArgument.point(at, zone: score.window.tz, ledger)
    let request = try score.request(ledger, by: grouping.groupings, at: point)
    let table = try ledger.score(request)
    try format.print(table, at: at)
  }
}

/// How a score table is laid out.
enum ScoreFormat: String, ExpressibleByArgument, CaseIterable {
  case table, csv, json

  /// `cut` is the point in time as it was asked for.
  ///
  /// - Throws: when standard output cannot take it.
  func print(_ table: ScoreTable, at cut: String) throws {
    switch self {
    case .table: try Output.print(ScoreText(table, cut: cut).text)
    case .csv:
      try Output.write(ScoreRecords.csv(table))
      for warning in table.warnings { Output.note(warning.sentence) }
    case .json: try Output.print(ScoreRecords.json(table, cut: cut).text)
    }
  }
}
