import LedgerSchema

/// Who may decide in the authority's place, and how far.
///
/// A delegation covers the log that it names and, as long as it lasts, those that go on from it. It is given and taken
/// back by the authority alone; taking it back beats giving it at the same time.
struct Delegations: Sendable {
  /// The last seq of each log whose decisions count.
  private var ends: [LogID: UInt64] = [:]

  /// That it names.
  var logs: some Sequence<LogID> { ends.keys }

  mutating func note(_ delegation: Scorebook_V1_AuthorityDelegated) {
    guard let log = LogID(bytes: delegation.log) else { return }
    ends[log] = min(ends[log] ?? .max, delegation.ended ? delegation.afterSeq : .max)
  }

  /// How far the log's decisions count; nil: it decides nothing.
  ///
  /// `predecessor`: of a log, where it inherits from one.
  func end(of log: LogID, predecessor: (LogID) -> LogID?) -> UInt64? {
    var current: LogID? = log
    var seen: Set<LogID> = []
    while let next = current, seen.insert(next).inserted {
      if let end = ends[next] {
        if next == log { return end }
        return end == .max ? .max : nil
      }
      current = predecessor(next)
    }
    return nil
  }
}
