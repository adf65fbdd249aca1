public import LedgerCore

/// What a ledger refuses to do. Cases are facts; `LedgerError.description` is the one place that words them.
public enum LedgerError: Error, Hashable, Sendable {
  case badSiteName(String)
  case unknownTimeZone(String)
  case badInvitation(String)
  case notAuthority(site: String)
  case unknownMetric(String, suggestions: [String])
  case unknownSite(String, known: [String])
  case unknownPublication(String)
  case event(EventRefusal)
  case explainNeedsOneGroup
  case unknownMerge(String)
}
