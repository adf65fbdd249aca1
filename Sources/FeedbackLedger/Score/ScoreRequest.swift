public import LedgerCore

/// Which score is asked for: metric, window of occurred time, split, filters, zone, point in time.
public struct ScoreRequest: Hashable, Sendable {
  public var metric: String
  /// Half-open window on occurred time; nil = open.
  public var from: Instant?
  public var to: Instant?
  public var groupings: [Grouping]
  public var filters: [Label]
  /// IANA name; nil: the ledger's own.
  public var timeZone: String?
  public var at: PointInTime

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
    public let score: Score
  }

  public let request: ScoreRequest
  public let definition: MetricDefinition
  /// Ascending by group.
  public let rows: [Row]
  /// Names the cut: anyone who holds the same logs gets the same digest.
  public let digest: Digest256
  public let clock: VectorClock
  public let timeZone: String
  public let warnings: [ScoreWarning]
}

/// What stands beside every score (DESIGN §3).
public enum ScoreWarning: Hashable, Sendable {
  /// Entries inside the cut that count nothing: logs not enrolled, revoked, retired, forked.
  case pending(events: UInt64)
  /// Bytes that were refused and kept with a reason.
  case quarantined(count: Int)
  /// Events of kinds that this version does not know.
  case unknownKinds(events: Int)
  /// Concurrent writes to one fact inside the window, resolved by canonical order.
  case conflicts(count: Int64)
  /// A site from which nothing came for much longer than its usual gap.
  case silent(site: String, days: Int)
  /// A site whose clock is ahead of ours.
  case clockAhead(site: String, hours: Int)
}
