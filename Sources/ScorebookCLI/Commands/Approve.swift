import ArgumentParser
import FeedbackLedger
import LedgerCore

struct Approve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "At the authority: a site that waits belongs to the ledger from here on.",
    discussion: """
      scorebook sites --pending lists who waits, and why. Compare the fingerprint with the one that \
      the site reads out (join and rotate print it) before you approve.
      """)

  @Argument(help: "The site.")
  var site: String

  @Option(
    help: ArgumentHelp("One of the logs that say they are the site.", valueName: "log"))
  var log: String?

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    let applicant = try ledger.open().approve(site, log: try LogArgument.log(log))
    try Output.print(
      "\(applicant.site): log \(applicant.log) with key \(applicant.fingerprint) is enrolled; its "
        + "\(applicant.events) events count")
  }
}

struct Delegate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "At the authority: let a site enrol, approve, retire and revoke others too.",
    discussion: """
      A delegate decides about sites, but neither about the authority nor about other delegates, and \
      it cannot invite. With --end it decides no more; what it decided until now stands.
      """)

  @Argument(help: "The site.")
  var site: String

  @Flag(help: "It decides no more.")
  var end = false

  @Option(help: ArgumentHelp("One of the site's logs; else all of them.", valueName: "log"))
  var log: String?

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    let id = try LogArgument.log(log)
    let opened = try ledger.open()
    guard end else {
      for log in try opened.delegate(to: site, log: id) {
        try Output.print("\(site): log \(log) may decide about sites")
      }
      return
    }
    for last in try opened.endDelegation(to: site, log: id) {
      try Output.print("\(site): decisions of log \(last.log) count up to \(last.seq)")
    }
  }
}

struct Rotate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Give up this ledger's key and go on with a new one.",
    discussion: """
      For a key that somebody may have seen. The old key signs the new log's beginning; from then on \
      nothing else that it signs counts, at every site that has heard of it: so sync soon. For a \
      laptop that is gone, revoke its site at the authority instead.
      """)

  @Argument(help: "The ledger's own site, to be sure: nobody else can give up its key.")
  var site: String?

  @OptionGroup var ledger: LedgerOption

  func run() throws {
    let opened = try ledger.open()
    if let site, site != opened.site {
      throw CommandFailure.keyOfOther(site: site, own: opened.site)
    }
    let old = opened.log
    let isGone = try opened.rotateKey()
    try Output.print(
      """
      the key of log \(old) is given up
      log    \(opened.log)
      key    \(try opened.keyFingerprint())
      """)
    if !isGone { DeletedNote.print(what: "the old keys", try ledger.path()) }
  }
}
