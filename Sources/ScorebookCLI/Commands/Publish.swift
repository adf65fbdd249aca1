import ArgumentParser
import FeedbackLedger
import LedgerCore

struct Publish: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Fix a number: record score, definition, window and point in time as an event.",
    discussion: """
      Prints the publication's address and the table it fixed. Later: scorebook score METRIC --at \
      publication:ADDRESS gives it again, whatever came in since.
      """)

  @OptionGroup var score: ScoreOptions
  @OptionGroup var grouping: GroupingOption

  @Option(help: ArgumentHelp("The point in time.", valueName: "cut"))
  var at = "now"

  @Option(help: "What it is published as, such as \"Report of March\".")
  var title = ""

  @Option(help: "table, csv or json.")
  var format = ScoreFormat.table

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    let ledger = try ledger.open()
    let point = try CutArgument.point(at, zone: score.window.tz, ledger)
    let request = try score.request(ledger, by: grouping.groupings, at: point)
    let (address, table) = try ledger.publish(request, title: title)
    switch format {
    case .table:
      try Output.print("published \(address)")
      try format.print(table, at: at)
    case .csv:
      try format.print(table, at: at)
      Output.note("Published as \(address).")
    case .json:
      let published = ScoreRecords.json(table, cut: at, publication: address)
      try Output.print(published.text)
    }
  }
}
