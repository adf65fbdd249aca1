import ArgumentParser
import FeedbackLedger
import Foundation

struct Invite: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Invite a site: print what its `init` needs.",
    discussion: """
      An invitation starts one log, once, and holds the key that makes pseudonyms: hand it over as \
      you would a password.
      """)

  @Argument(help: "The name of the site.")
  var site: String

  @OptionGroup var ledger: LedgerOption

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write it to a new file instead.", valueName: "file"))
  var output: String?

  func run() throws {
    let ledger = try ledger.open()
    guard let output else {
      try Output.write(Data(ledger.invite(site).text.utf8))
      return
    }
    // The file first: an invitation that cannot be written down must not be recorded.
    let file = try OutputFile.create(output)
    do {
      try file.write(contentsOf: Data(ledger.invite(site).text.utf8))
      try file.synchronize()
      try file.close()
    } catch {
      unlink(output)
      throw FileFailure(path: output, cause: error)
    }
    try Output.print("\(output): scorebook init LEDGER --site \"\(site)\" --invite \(output)")
  }
}
