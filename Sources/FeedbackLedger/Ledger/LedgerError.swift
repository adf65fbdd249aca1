public import LedgerCore

/// What a ledger refuses to do. Cases are facts; the wording is the caller's.
public enum LedgerError: Error, Hashable, Sendable {
  case badSiteName(String)
  case unknownTimeZone(String)
  case badInvitation(String)
  case notAuthority(site: String)
  /// The authority's site can be neither retired nor revoked: nobody would be left to decide.
  case authorityStays(String)
  /// The site was retired or revoked, and decides about nobody.
  case siteHasEnded(String)
  /// The site decides about nobody, so that there is nothing to end.
  case noDelegate(String)
  /// An invitation of the ledger's own site.
  case ownSite(String)
  /// A seq is of one log, and the site has several.
  case severalLogs(String, [LogID])
  /// The log would stay good until a seq that is not held; `end`: the last one that is.
  case revokesBeyond(LogID, end: UInt64)
  /// No log of the site waits for being enrolled; `waiting`: sites of which one does.
  case nobodyWaits(String, waiting: [String])
  /// Several logs say that they are the site.
  case severalWait(String, [LogID])
  /// Another log goes on from the own one too.
  case clonedLog(LogID, in: LogID)
  case badRecoveryKey(String)
  /// The ledger decides already.
  case inOffice(String)
  /// The ledger decided until another one was put in its place.
  case wasReplaced(String)
  /// Nothing of the ledger's first log has come here yet.
  case noGenesis
  case unknownMetric(String, suggestions: [String])
  case unknownSite(String, known: [String])
  case unknownPublication(String)
  /// No event of such an import is held.
  case unknownBatch(ItemID)
  case event(EventRefusal)
  case explainNeedsOneGroup
  case unknownMerge(String)
  /// A ledger that was to sync with itself.
  case ownFile(String)
  /// A shared folder that is not there, or is none.
  case noFolder(String)
  /// No fork of the log is proven here.
  case notForked(LogID)
  /// No entries that are held hash to such a head of the log.
  case unknownBranch(LogID, size: UInt64)
  /// The log was replaced as the authority before the tail ends.
  case adoptsBeyond(LogID, end: UInt64)
  /// The tail counts already, by an earlier adoption.
  case adoptedBefore(LogID)
  /// The tail's owner has repeated it in a log of its own.
  case ownerGoesOn(LogID, in: LogID)
}
