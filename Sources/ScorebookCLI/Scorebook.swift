import ArgumentParser
import FeedbackLedger
import Foundation
import LedgerCore

/// The command-line program. Commands are thin: they read arguments, call the facade and lay out what it answers.
@main
struct Scorebook: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scorebook",
    abstract: "An append-only ledger of customer feedback.",
    discussion: """
      Every command works on one ledger file: --ledger PATH, or the environment variable \
      SCOREBOOK_LEDGER. Results go to standard output, everything else to standard error. What the \
      exit codes mean: scorebook help exit-codes.
      """,
    version: Ledger.software,
    groupedSubcommands: [
      CommandGroup(
        name: "Setting up",
        subcommands: [
          Init.self, Invite.self, Join.self, Sites.self, Approve.self, Delegate.self, Withhold.self,
          Rotate.self, Retire.self, Revoke.self, Recover.self,
        ]),
      CommandGroup(
        name: "Collecting",
        subcommands: [
          Record.self, Ingest.self, Import.self, VoidCommand.self, MergeCustomers.self,
          UnmergeCustomers.self,
        ]),
      CommandGroup(
        name: "Asking",
        subcommands: [
          ScoreCommand.self, Explain.self, History.self, Publish.self, Define.self, Metrics.self,
          Log.self,
        ]),
      CommandGroup(
        name: "Exchanging",
        subcommands: [Sync.self, Serve.self, Certify.self, Bundle.self, Merge.self, Heads.self]),
      CommandGroup(
        name: "Keeping",
        subcommands: [
          Verify.self, Backup.self, Rebuild.self, Erase.self, Adopt.self, Evidence.self,
          ExitCodes.self,
        ]),
    ])

  /// Ends with 0 only when all that was asked for was done.
  static func main() async {
    // A file that may not grow is an error of the write, to be worded like any other, and no reason to be killed.
    signal(SIGXFSZ, SIG_IGN)
    do {
      var command = try parsed()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      end(with: error)
    }
  }

  private static func parsed() throws -> any ParsableCommand {
    // Swift puts U+FFFD in the place of what is no text, and another file would be named, another comment recorded.
    let arguments = UnsafeBufferPointer(
      start: CommandLine.unsafeArgv, count: Int(CommandLine.argc))
    for (number, argument) in arguments.enumerated() {
      guard let argument, String(validatingCString: argument) == nil else { continue }
      throw CommandFailure.usage("Argument \(number) is not UTF-8 text. Convert it with iconv.")
    }
    do {
      return try parseAsRoot()
    } catch  where exitCode(for: error) != .success {
      if let fault = unknownCommand() { throw fault }
      throw CommandFailure.usage(message(for: error))
    }
  }

  /// A word where a command has to be: the parser takes it for an argument too many.
  private static func unknownCommand() -> ArgumentFault? {
    let names = configuration.subcommands.map { $0._commandName } + ["help"]
    guard let word = CommandLine.arguments.dropFirst().first, !word.hasPrefix("-"),
      !names.contains(word)
    else { return nil }
    return .unknownCommand(word, suggestions: NearestNames.of(word, among: names))
  }

  private static func end(with error: any Error) -> Never {
    if exitCode(for: error) == .success { exit(withError: error) }
    let report = ErrorWording.report(of: error)
    Output.note(report.sentence)
    Foundation.exit(report.status.rawValue)
  }
}
