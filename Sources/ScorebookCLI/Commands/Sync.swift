import ArgumentParser
import FeedbackLedger

struct Sync: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Exchange events with another ledger, both ways.",
    discussion: """
      The other is a ledger file on this machine, or a folder that both can read: folder:PATH, on a file \
      server, a synced drive or a stick. In a folder each site writes files of its own, and changes nobody's.
      """)

  @Argument(help: "The other ledger file, or folder:PATH.")
  var other: String

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    let here = try ledger.open()
    if other.hasPrefix(Self.folderPrefix) {
      return try sync(folder: String(other.dropFirst(Self.folderPrefix.count)), here)
    }
    let there = try LedgerFile.open(other)
    let (mine, theirs) = try here.sync(with: there)
    try Output.print(
      "received \(mine.received) events from \(there.site), sent \(theirs.received)")
    try mine.printFindings(at: here.site)
    try theirs.printFindings(at: there.site)
    for fork in try here.forks() { try Output.print(fork.lines) }
    let refusals = mine.refusals.count + theirs.refusals.count
    guard refusals == 0 else { throw CommandFailure.damageFound(refusals) }
  }
}

extension SyncReport {
  /// Who was enrolled and what is pending as lines; what was refused on standard error.
  func printFindings(at site: String) throws {
    for name in enrolled { try Output.print("\(site): enrolled \(name)") }
    for succession in successions { try Output.print("\(site): \(succession.sentence)") }
    if pending > 0 {
      try Output.print("\(site): \(pending) events held count nothing until their log is enrolled")
    }
    for refusal in refusals { Output.note("\(site): \(ErrorWording.sentence(for: refusal))") }
  }
}
