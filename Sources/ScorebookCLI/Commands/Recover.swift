import ArgumentParser
import FeedbackLedger
import LedgerCore

struct Recover: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Decide here from now on: the authority is lost, or its key was stolen.",
    discussion: """
      Needs the recovery key that init showed when the first ledger was made. What the authority \
      recorded and decided until now stays; what its logs record afterwards, and what goes on from \
      them, is held and counts nothing. Sync with every site that may hold something first. Every \
      site that hears of it agrees, in whatever order.
      """)

  @Argument(help: "The recovery key: a file, or - for standard input. Never the key itself.")
  var key: String

  @Option(
    help: ArgumentHelp(
      "The last entry of the authority's log that counts (default: all that is held here).",
      valueName: "seq"))
  var after: UInt64?

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    // Not even in an error: what a terminal has shown, it keeps.
    guard (try? RecoveryKey(text: key)) == nil else {
      throw ArgumentFault.badOption(
        "KEY", got: "the key itself", expected: "a file that holds it, or -")
    }
    let key = try RecoveryKey(
      text: InputFile.text(key, bytesMax: HandoverLimits.recoveryKeyBytesMax))
    let ledger = try ledger.open()
    let ended = try ledger.recover(with: key, after: after)
    try Output.print("\(ledger.site) decides from here on; its key \(try ledger.keyFingerprint())")
    for end in ended { try Output.print("log \(end.log) counts up to \(end.seq)") }
    try Output.print("Sync with every site: each that hears of it agrees.")
  }
}
