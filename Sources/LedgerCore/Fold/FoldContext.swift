/// What a fold reads beside the history of its subject: everything in it is the same for all subjects of a cut.
public struct FoldContext: Sendable {
  public var vocabulary: Vocabulary
  public var zone: ZoneOffsets
  public var causality: Causality
  /// The id of each log, by its number here.
  public var logs: [LogID]
  /// Numbers of import batches that count nothing.
  public var voidedBatches: Set<UInt32>

  public init(
    vocabulary: Vocabulary = Vocabulary(), zone: ZoneOffsets = .utc,
    causality: Causality = Causality(),
    logs: [LogID] = [], voidedBatches: Set<UInt32> = []
  ) {
    self.vocabulary = vocabulary
    self.zone = zone
    self.causality = causality
    self.logs = logs
    self.voidedBatches = voidedBatches
  }

  /// Canonical order: ascending (stamp, log, seq). Never arrival order: otherwise two ledgers with the same events
  /// could disagree.
  @inline(__always)
  public func precedes(_ left: EventRow, _ right: EventRow) -> Bool {
    if left.stamp != right.stamp { return left.stamp < right.stamp }
    if left.log != right.log { return logs[Int(left.log)] < logs[Int(right.log)] }
    return left.seq < right.seq
  }

  public func address(of row: EventRow) -> Address {
    Address(log: logs[Int(row.log)], seq: UInt64(row.seq))
  }

  public func happenedBefore(_ earlier: EventRow, _ later: EventRow) -> Bool {
    if earlier.log == later.log { return earlier.seq < later.seq }
    return causality.happenedBefore(address(of: earlier), address(of: later))
  }
}
