import ArgumentParser
import FeedbackLedger
import LedgerCore

struct Rebuild: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Drop all that is derived from the log, and replay it.",
    discussion: """
      The result is identical to the last bit; the log itself is not touched. Mends a file whose \
      derived part is damaged.
      """)

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    let started = ContinuousClock.now
    let events = try ledger.rebuild()
    let seconds = (ContinuousClock.now - started) / .seconds(1)
    try Output.print("rebuilt \(events) events in \(seconds.roundedText(decimals: 2)) s")
  }
}
