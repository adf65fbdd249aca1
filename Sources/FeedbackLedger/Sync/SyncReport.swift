public import LedgerCore
public import LedgerSync

/// Why a session made a ledger go on in a new log.
public enum Succession: Hashable, Sendable {
  /// The own log forked: a copy of this machine has written to it too.
  case forked(LogID)
  /// A peer held more of the own log than this ledger knew of: it was put back to an older state.
  case peerHoldsMore(LogID)
  /// The peer writes to the same log: one of the two is a copy of the other.
  case cloned(LogID)
}

/// What one session did.
public struct SyncReport: Sendable {
  /// New events taken in here.
  public var received = 0
  /// New events given to the peer.
  public var sent = 0
  /// Texts taken in.
  public var texts = 0
  /// The sites of logs that were enrolled here by this session.
  public var enrolled: [String] = []
  /// What was refused, for which the other logs went on.
  public var refusals: [SyncRefusal] = []
  /// What made this ledger go on in a new log.
  public var successions: [Succession] = []
  /// The peer's site, as it named itself.
  public var peerSite = ""
  /// The peer's clock less this one, in microseconds; nil where it did not tell it.
  public var clockSkew: Int64?
  /// Events held that count nothing: their log is not enrolled, or ends before them (revoked, retired, forked).
  public var pending: UInt64 = 0

  /// Nothing done yet.
  public init() {}

  /// What the same ledger did in a later session.
  mutating func add(_ later: SyncReport) {
    received += later.received
    sent += later.sent
    texts += later.texts
    enrolled += later.enrolled
    refusals += later.refusals
    successions += later.successions
    peerSite = later.peerSite
    clockSkew = later.clockSkew ?? clockSkew
    pending = later.pending
  }
}
