public import LedgerCore

/// What a ledger knows of one site: how far it is held, and whether anything about it needs a person.
public struct SiteStatus: Hashable, Sendable {
  /// What needs attention, the gravest first.
  public enum Standing: Hashable, Sendable {
    /// Nothing.
    case ok
    /// Nothing came for much longer than its usual gap.
    case silent(days: Int)
    /// No log of it is enrolled yet.
    case pending
    /// One of its logs has two branches, and so far at most one machine goes on from it.
    case forked
    /// Two machines go on from one log: a ledger was copied.
    case cloned
    /// All its logs have ended in good order.
    case retired
    /// The authority took its rights away.
    case revoked
  }

  /// Its name.
  public internal(set) var site: String
  /// What needs attention.
  public internal(set) var standing: Standing
  /// The logs of its installations, ascending.
  public internal(set) var logs: [LogID]
  /// Entries held.
  public internal(set) var events: UInt64
  /// Entries that count nothing.
  public internal(set) var pending: UInt64
  /// Whether it is given no texts but its own.
  public internal(set) var isWithoutText = false
  /// Refused pieces that are kept.
  public internal(set) var quarantined: Int
  /// The newest time on the site's own clock; nil before its first event.
  public internal(set) var lastRecorded: Instant?
  /// When something of it last arrived here; nil for this ledger's own site.
  public internal(set) var lastReceived: Instant?
  /// How long nothing came of it, in microseconds; nil for this ledger's own site.
  public internal(set) var lag: Int64?
  /// When it last spoke with this ledger itself; nil for a site that is heard of through others.
  public internal(set) var lastContact: Instant?
  /// How far its clock was ahead of this one, in microseconds, negative where it was behind: what it told when it last
  /// spoke with this ledger itself, or at least what its newest event showed when it came, if that came later and shows
  /// more.
  public internal(set) var clockSkew: Int64
}
