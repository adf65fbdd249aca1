import ArgumentParser
import FeedbackLedger
import LedgerCore

struct Withhold: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "At the authority: give a site scores and events, but no texts except its own.",
    discussion: """
      Comments and other free texts travel beside the events that commit to them, and scores do not \
      need them. What the site holds already it keeps. With --end it is given texts again, also \
      those that it missed. A bundle or a shared folder shows its texts to whoever can read it: see \
      their --without-text.
      """)

  @Argument(help: "The site.")
  var site: String

  @Flag(help: "It is given texts again.")
  var end = false

  @Option(help: ArgumentHelp("One of the site's logs; else all of them.", valueName: "log"))
  var log: String?

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    let id = try LogArgument.log(log)
    let opened = try ledger.open()
    let logs =
      end
      ? try opened.endWithholdingTexts(from: site, log: id)
      : try opened.withholdTexts(from: site, log: id)
    for log in logs {
      try Output.print("\(site): log \(log) is given \(end ? "all texts" : "its own texts only")")
    }
  }
}
