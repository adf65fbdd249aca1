import ArgumentParser
import FeedbackLedger
import LedgerCore

struct Revoke: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "At the authority: count nothing of a site from here on.",
    discussion: """
      For a lost laptop or a stolen key. What the site recorded after --after is held and counts \
      nowhere, also where it arrived before the news; nor does any log that goes on from it.
      """)

  @Argument(help: "The site.")
  var site: String

  @Option(help: ArgumentHelp("One of the site's logs; else all of them.", valueName: "log"))
  var log: String?

  @Option(
    help: ArgumentHelp("The last seq that stays; else all that is held here.", valueName: "seq"))
  var after: UInt64?

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    for end in try ledger.open().revoke(site, log: try LogArgument.log(log), after: after) {
      try Output.print("\(site): log \(end.log) counts up to \(end.seq)")
    }
  }
}

struct Retire: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "At the authority: a site has closed in good order.",
    discussion: """
      What is held of it counts for ever. What it might still send is held and counts nothing. Sync \
      with it first.
      """)

  @Argument(help: "The site.")
  var site: String

  @Option(help: ArgumentHelp("One of the site's logs; else all of them.", valueName: "log"))
  var log: String?

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    for head in try ledger.open().retire(site, log: try LogArgument.log(log)) {
      try Output.print("\(site): log \(head.log) ends at \(head.size), root \(head.root.short)")
    }
  }
}
