import ArgumentParser
import FeedbackLedger
import LedgerCore

struct Adopt: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Count what a lost machine recorded after its log was cloned.",
    discussion: """
      Two machines that run from one image write two branches of one log; it counts up to where they part, and each \
      machine repeats its own tail when it syncs. Where a machine is lost, the site that created the ledger repeats \
      its tail instead. scorebook verify prints the cloned logs and the heads of their branches.
      """)

  @Argument(help: "The log, 32 hexadecimal digits.")
  var log: String

  @Option(
    help: ArgumentHelp(
      "Where the tail ends: its size, and its root or the first 8 or more digits of it.",
      valueName: "size:root"))
  var head: String

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    let id = try LogArgument.log(log, option: "LOG")
    let parts = head.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let size = UInt64(parts[0]), parts[1].count >= 8 else {
      throw ArgumentFault.badOption("--head", got: head, expected: "SIZE:ROOT, as verify prints it")
    }
    let report = try ledger.open().adopt(id, size: size, rootPrefix: String(parts[1]))
    try Output.print("adopted \(report.events) events of log \(id) at \(report.address)")
  }
}
