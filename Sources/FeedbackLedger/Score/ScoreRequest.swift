public import LedgerCore

/// Which score is asked for: metric, window of occurred time, split, filters, zone, point in time.
public struct ScoreRequest: Hashable, Sendable {
  /// The id of a definition: `nps`, `csat.top2`.
  public var metric: String
  /// Half-open window on occurred time; nil = open.
  public var from: Instant?
  /// The end of the window, excluded; nil = open.
  public var to: Instant?
  /// Empty: one score for everything.
  public var groupings: [Grouping]
  /// All must hold.
  public var filters: [Label]
  /// IANA name; nil: the ledger's own.
  public var timeZone: String?
  /// The cut.
  public var at: PointInTime

  /// All time, one group, now, in the ledger's zone, unless stated otherwise.
  public init(
    metric: String, from: Instant? = nil, to: Instant? = nil, groupings: [Grouping] = [],
    filters: [Label] = [], timeZone: String? = nil, at: PointInTime = .now
  ) {
    self.metric = metric
    self.from = from
    self.to = to
    self.groupings = groupings
    self.filters = filters
    self.timeZone = timeZone
    self.at = at
  }
}

/// The scores of one request, and what a reader must know beside them.
public struct ScoreTable: Sendable {
  /// One group; without groupings there is one row, and its `group` is empty.
  public struct Row: Sendable {
    /// One text for each grouping, in order; an empty text where an item has no such label.
    public let group: [String]
    /// Never suppressed; a small n is flagged.
    public let score: Score
  }

  /// What was asked.
  public let request: ScoreRequest
  /// How the scores are read out.
  public let definition: MetricDefinition
  /// Ascending by group.
  public let rows: [Row]
  /// Names the cut: anyone who holds the same logs gets the same digest.
  public let digest: Digest256
  /// The cut, log by log.
  public let clock: VectorClock
  /// IANA name of the zone that days are counted in.
  public let timeZone: String
  /// Empty when nothing needs saying.
  public let warnings: [ScoreWarning]
}

/// What stands beside every score (DESIGN §3).
public enum ScoreWarning: Hashable, Sendable {
  /// Entries inside the cut that count nothing: logs not enrolled, revoked, retired, forked.
  case pending(events: UInt64)
  /// The clock that was asked for names so many events that are not held here: what is held of it answers.
  case beyondHeld(events: UInt64)
  /// Bytes that were refused and kept with a reason.
  case quarantined(count: Int)
  /// Events of kinds that this version does not know.
  case unknownKinds(events: Int)
  /// Concurrent writes to one fact inside the window, resolved by canonical order.
  case conflicts(count: Int64)
  /// Two sites published the definition without knowing of each other; the last in canonical order is in force.
  case contestedDefinition(String, version: UInt32)
  /// The publication was made of another branch of a site's forked log than the one held here; its value, empty for
  /// n = 0.
  case publishedFromOtherBranch(site: String, value: String)
  /// Another version of this program published another value of the same events; that value.
  case publishedByOtherFold(version: UInt32, value: String)
  /// A label that is split by or filtered by, as a key or `key=value`, and that nothing held here carries.
  case unknownLabel(String)
  /// A site from which nothing came for much longer than its usual gap.
  case silent(site: String, days: Int)
  /// A site whose clock is ahead of ours.
  case clockAhead(site: String, hours: Int)
  /// A site that said, when it last spoke with this ledger, that its clock is behind ours.
  case clockBehind(site: String, hours: Int)
}
