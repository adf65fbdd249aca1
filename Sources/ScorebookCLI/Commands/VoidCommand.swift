import ArgumentParser
import FeedbackLedger
import LedgerCore

struct VoidCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "void", abstract: "Make an import batch count nothing from here on.",
    discussion: "What was counted before can still be rebuilt, and the change can be explained.")

  @Argument(help: "The batch, as import printed it.")
  var batch: String

  @Option(help: "Why, as a code.")
  var reason = ""

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    guard let item = ItemID(hexadecimal: batch) else { throw ArgumentFault.badBatch(batch) }
    try Output.print(ledger.open().voidImport(item, reason: reason).description)
  }
}
