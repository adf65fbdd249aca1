import ArgumentParser
import FeedbackLedger
import LedgerCore

struct MergeCustomers: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge-customers",
    abstract: "Record that several customers are one person.",
    discussion: """
      Prints the address of the merge. Scores that compare a customer's answers follow; the answers \
      stay as they are, and unmerge-customers takes it back.
      """)

  @Argument(
    help: ArgumentHelp("email:…, phone:…, another NAMESPACE:VALUE, or a pseudonym; two or more."))
  var customers: [String]

  @Option(help: "How it is known, as a code: same-phone, loyalty-card, …")
  var evidence = ""

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    guard customers.count >= 2 else {
      throw ArgumentFault.badOption(
        "customers", got: customers.joined(separator: " "), expected: "two or more")
    }
    let people = try customers.map { try CustomerArgument.customer($0) }
    let address = try ledger.open().mergeCustomers(
      people[0], absorbing: Array(people.dropFirst()), evidence: evidence)
    try Output.print(address.description)
  }
}

struct UnmergeCustomers: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unmerge-customers", abstract: "Take a merge of customers back.")

  @Argument(help: ArgumentHelp("The address that merge-customers printed.", valueName: "log/seq"))
  var merge: String

  @Option(help: "Why, as a code.")
  var reason = ""

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    let address = try CutArgument.address(merge)
    try Output.print(try ledger.open().unmergeCustomers(address, reason: reason).description)
  }
}
