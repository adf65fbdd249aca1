import ArgumentParser
import FeedbackLedger
import LedgerCore

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain how a score changed between two points in time, by cause.",
    discussion: """
      scorebook explain nps --between publication:LOG/SEQ now --events

      The effects of the causes sum to the change. With --events the items behind each cause are \
      listed, and what each adds to the score before and after.
      """)

  @OptionGroup var score: ScoreOptions

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("The two points in time, such as recorded:2026-04-01 now.", valueName: "cut")
  )
  var between: [String]

  @Flag(help: "List the events behind each cause.")
  var events = false

  @Flag(help: "As JSON.")
  var json = false

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    guard between.count == 2 else {
      throw ArgumentFault.badOption(
        "--between", got: between.joined(separator: " "), expected: "two points in time")
    }
    let ledger = try ledger.open()
    let points = try between.map { try CutArgument.point($0, zone: score.window.tz, ledger) }
    let explanation = try ledger.explain(
      score.request(ledger), from: points[0], to: points[1], withEvents: events)
    let layout = ExplanationLayout(explanation, cuts: between)
    try Output.print(json ? layout.json.text : layout.text)
  }
}
