import FeedbackLedger
import LedgerCore

extension ErrorWording {
  static func report(_ error: LedgerError) -> FailureReport {
    switch error {
    case .badSiteName(let name):
      FailureReport(
        .usage,
        "\"\(name)\" is no site name; expected 1 to 64 bytes of letters, digits, spaces, "
          + "hyphens, underscores and dots, without a dot at its beginning.")
    case .unknownTimeZone(let name):
      FailureReport(
        .usage, "\"\(name)\" is no time zone known here; expected one such as Asia/Ho_Chi_Minh.")
    case .event(let refusal):
      FailureReport(.badData, "The event is refused: \(refusal). Correct it and record it again.")
    case .explainNeedsOneGroup:
      FailureReport(
        .usage, "An explanation is of one number: leave out --by, and narrow it with --where.")
    case .unknownMetric, .unknownSite, .unknownPublication, .unknownBatch, .unknownMerge:
      report(notHeld: error)
    case .ownFile, .noFolder: report(peer: error)
    case .badInvitation, .notAuthority, .authorityStays, .nobodyWaits, .severalWait, .clonedLog:
      report(membership: error)
    case .siteHasEnded, .noDelegate, .ownSite: report(pointless: error)
    case .severalLogs, .revokesBeyond: report(revocation: error)
    case .badRecoveryKey, .inOffice, .wasReplaced, .noGenesis: report(recovery: error)
    case .notForked, .unknownBranch, .adoptsBeyond, .adoptedBefore, .ownerGoesOn:
      report(adoption: error)
    }
  }

  private static func report(notHeld error: LedgerError) -> FailureReport {
    switch error {
    case .unknownMetric(let name, let suggestions):
      FailureReport(
        .notHeld,
        "There is no metric \(name). \(suggestion(suggestions, list: "scorebook metrics"))")
    case .unknownSite(let name, let known):
      FailureReport(
        .notHeld,
        "No log here belongs to site \"\(name)\"; known: \(known.joined(separator: ", ")).")
    case .unknownPublication(let address):
      FailureReport(
        .notHeld, "No publication is held at \(address). `publish` prints a publication's address.")
    case .unknownMerge(let address):
      FailureReport(
        .notHeld, "No merge of customers is held at \(address). `merge-customers` prints one.")
    case .unknownBatch(let batch):
      FailureReport(
        .notHeld, "No event of batch \(batch) is held here. `import` prints the batch that it made."
      )
    default: report(unforeseen: error)
    }
  }

  private static func report(peer error: LedgerError) -> FailureReport {
    switch error {
    case .ownFile(let path):
      FailureReport(
        .usage, "\(path) is the ledger itself, which has nothing to exchange. Name another one.")
    case .noFolder(let path):
      FailureReport(
        .missingInput, "There is no folder \(path). Mount or create it, then sync again.")
    default: report(unforeseen: error)
    }
  }

  private static func report(membership error: LedgerError) -> FailureReport {
    switch error {
    case .badInvitation(let problem):
      FailureReport(
        .badData, "The invitation cannot be used: \(problem). Ask the inviting site for another.")
    case .notAuthority(let site):
      FailureReport(
        .refused,
        "\(site) cannot decide who belongs to the ledger: only the site that created it can, or the one "
          + "that was put in its place, and for most of it their delegates. Run it there.")
    case .authorityStays(let site):
      FailureReport(
        .refused,
        "\(site) decides who belongs to the ledger itself: its own delegate or a delegate's equal "
          + "cannot decide about it, and the authority never about itself.")
    case .nobodyWaits(let site, let waiting):
      FailureReport(
        .notHeld,
        "No log of \"\(site)\" waits for being enrolled"
          + (waiting.isEmpty
            ? "; nobody does." : "; those of \(waiting.joined(separator: ", ")) do."))
    case .severalWait(let site, let logs):
      FailureReport(
        .usage,
        "\(logs.count) logs say that they are \(site). Compare the fingerprints (scorebook sites "
          + "--pending) with what the site reads out, and name one with --log: "
          + "\(logs.map(\.description).joined(separator: ", ")).")
    case .clonedLog(let log, let other):
      FailureReport(
        .refused,
        "The log \(log) of this ledger goes on in \(other) too, so one machine is a copy of the "
          + "other. Retire one of them at the authority first.")
    default: report(unforeseen: error)
    }
  }

  /// What would be recorded and change nothing.
  private static func report(pointless error: LedgerError) -> FailureReport {
    switch error {
    case .siteHasEnded(let site):
      FailureReport(
        .refused,
        "\(site) was retired or revoked, so it decides about nobody. Invite it again first.")
    case .noDelegate(let site):
      FailureReport(
        .refused, "\(site) decides about nobody, so there is nothing to end. See scorebook log.")
    case .ownSite(let site):
      FailureReport(
        .usage,
        "This ledger is \(site) itself, and sites of one name cannot be told apart. Name another.")
    default: report(unforeseen: error)
    }
  }

  private static func report(revocation error: LedgerError) -> FailureReport {
    switch error {
    case .severalLogs(let site, let logs):
      FailureReport(
        .usage,
        "\(site) has \(logs.count) logs, and --after is a seq of one: name it with --log "
          + "(\(logs.map(\.description).joined(separator: ", "))).")
    case .revokesBeyond(let log, let end):
      FailureReport(
        .refused,
        "Log \(log) is held until entry \(end), and what comes after it may be the thief's: name \(end) or "
          + "less with --after. Merge first what the site still has.")
    default: report(unforeseen: error)
    }
  }

  private static func report(recovery error: LedgerError) -> FailureReport {
    switch error {
    case .badRecoveryKey(let problem):
      FailureReport(
        .badData,
        "The recovery key cannot be used: \(problem). It is what `scorebook init` printed when the "
          + "first ledger was made, 14 groups of 4 signs.")
    case .inOffice(let site):
      FailureReport(.refused, "\(site) decides who belongs to the ledger already.")
    case .wasReplaced(let site):
      FailureReport(
        .refused,
        "\(site) decided until another site was put in its place, and its log counts no further. "
          + "Recover at another ledger, such as a new one of an invited site.")
    case .noGenesis:
      FailureReport(
        .refused,
        "Nothing of the ledger's first log has come here yet: sync with any site that holds it, then "
          + "recover.")
    default: report(unforeseen: error)
    }
  }

  private static func report(adoption error: LedgerError) -> FailureReport {
    switch error {
    case .unknownBranch(let log, let size):
      FailureReport(
        .notHeld,
        "Nothing that is held hashes to such a head of \(size) entries of log \(log). "
          + "`scorebook verify` prints the heads of its branches; sync with a site that holds it.")
    case .adoptsBeyond(let log, let end):
      FailureReport(
        .refused,
        "Log \(log) decided until entry \(end), when another was put in its place; what it said afterwards "
          + "is not adopted. Name the head at \(end), or before.")
    case .adoptedBefore(let log):
      FailureReport(.refused, "This tail of log \(log) was adopted before; it counts already.")
    case .ownerGoesOn(let log, let successor):
      FailureReport(
        .refused,
        "The owner of this tail of log \(log) is not lost: it goes on in log \(successor) and has "
          + "repeated the tail there.")
    case .notForked(let log):
      FailureReport(
        .refused, "No fork of log \(log) is proven here, so all of it counts as it is.")
    default: report(unforeseen: error)
    }
  }

  static func stranger(mine: String, theirs: String) -> String {
    "It belongs to another ledger (\(theirs.prefix(16)), here \(mine.prefix(16))). "
      + "Only sites of one ledger exchange events: invite the site (scorebook invite SITE), and make "
      + "its ledger with scorebook init LEDGER --site SITE --invite FILE."
  }

  static func suggestion(_ names: [String], list: String) -> String {
    names.isEmpty
      ? "`\(list)` lists them." : "Did you mean \(names.joined(separator: " or "))?"
  }
}
