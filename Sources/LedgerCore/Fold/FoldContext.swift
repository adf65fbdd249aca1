/// What a fold reads beside the history of its subject: everything in it is the same for all subjects of a cut.
package struct FoldContext: Sendable {
  package var vocabulary: Vocabulary
  package var zone: ZoneOffsets
  package var causality: Causality
  /// The id of each log, by its number here.
  package var logs: [LogID]
  /// Numbers of import batches that count nothing.
  package var voidedBatches: Set<UInt32>
  /// Events that repeat what another one that counts repeats already: they count nothing.
  package var doubles = Doubles()
  /// Who is who; only where answers are compared by customer.
  package var identities: CustomerIdentities

  package init(
    vocabulary: Vocabulary = Vocabulary(), zone: ZoneOffsets = .utc,
    causality: Causality = Causality(),
    logs: [LogID] = [], voidedBatches: Set<UInt32> = [],
    identities: CustomerIdentities = CustomerIdentities()
  ) {
    self.vocabulary = vocabulary
    self.zone = zone
    self.causality = causality
    self.logs = logs
    self.voidedBatches = voidedBatches
    self.identities = identities
  }

  /// Whether some event that the cut counts adds nothing all the same.
  @inline(__always)
  var passesOverSome: Bool { !voidedBatches.isEmpty || !doubles.isEmpty }

  func passesOver(_ row: EventRow) -> Bool {
    voidedBatches.contains(row.batch) || doubles.contains(row.place)
  }

  /// Canonical order: ascending (stamp, log, seq). Never arrival order: otherwise two ledgers with the same events
  /// could disagree.
  @inline(__always)
  package func precedes(_ left: EventRow, _ right: EventRow) -> Bool {
    if left.stamp != right.stamp { return left.stamp < right.stamp }
    if left.log != right.log { return logs[Int(left.log)] < logs[Int(right.log)] }
    return left.seq < right.seq
  }

  package func address(of row: EventRow) -> Address { address(of: row.place) }

  private func address(of place: EventPlace) -> Address {
    Address(log: logs[Int(place.log)], seq: UInt64(place.seq))
  }

  /// Whether the one had been seen when the other was recorded, in whatever log it was repeated.
  package func happenedBefore(_ earlier: EventRow, _ later: EventRow) -> Bool {
    if happenedBefore(earlier.place, later.place) { return true }
    guard !doubles.isEmpty else { return false }
    let repetitions = doubles.doubles(of: later.place).union([later.place])
    return doubles.doubles(of: earlier.place).union([earlier.place]).contains { earlier in
      repetitions.contains { happenedBefore(earlier, $0) }
    }
  }

  private func happenedBefore(_ earlier: EventPlace, _ later: EventPlace) -> Bool {
    if earlier.log == later.log { return earlier.seq < later.seq }
    return causality.happenedBefore(address(of: earlier), address(of: later))
  }
}
