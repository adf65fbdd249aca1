import ArgumentParser
import FeedbackLedger
import LedgerCore

struct Erase: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Erase customers: their texts go everywhere, and they are not taken back.",
    discussion: """
      Every ledger obeys when the erasure reaches it. Scores and proofs stand. Pseudonyms stay in \
      the entries: who holds the ledger's key and an identifier can still match them. With --mode \
      remove their responses are retracted too, which changes scores.
      """)

  /// What becomes of their answers.
  enum Mode: String, ExpressibleByArgument, CaseIterable {
    case anonymise, remove
  }

  @Argument(
    help: ArgumentHelp(
      "email:…, phone:…, another NAMESPACE:VALUE, or a pseudonym.", valueName: "customer"))
  var customers: [String]

  @Option(help: "anonymise: scores stay as they are; remove: their responses count no more.")
  var mode = Mode.anonymise

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    let customers = try customers.map { try CustomerArgument.customer($0) }
    let report = try ledger.open().erase(customers, removing: mode == .remove)
    try Output.print(report.address.description)
    try Output.print(
      "erased \(report.customers.count) customers, deleted \(report.deletedTexts) texts here")
    if !report.unheard.isEmpty {
      try Output.print(
        "nothing held here is of \(report.unheard.count) of them, so no text went: how is it written? "
          + "A site that has recorded it obeys when it syncs.")
    }
    if report.isStillOnDisk { DeletedNote.print(what: "the deleted texts", try ledger.path()) }
    if !report.waitingFor.isEmpty {
      try Output.print("not acknowledged yet by: \(report.waitingFor.joined(separator: ", "))")
    }
  }
}
