package import LedgerCore
package import LedgerSchema

/// How much is held of what nobody here has asked for. It is summed for all logs that came in by one invitation, so
/// that one site can neither go on without end under other names, nor use up what others have.
extension Appender {
  /// Whether entries of a log may be taken in: where some of them count, or what came in by the same invitation and
  /// counts nothing leaves room. A fork takes nothing away from what its site may say.
  ///
  /// `first`: the event with the seq that they begin with.
  package func hasRoom(
    for log: LogID, from seq: UInt64, first: Scorebook_V1_Event?, pendingBytesMax: Int64
  ) throws -> Bool {
    let isHeld = (state.log(log)?.size ?? 0) > 0
    if isHeld, seq <= state.membership?.admittedLimit(of: log) ?? 0 { return true }
    var start: Scorebook_V1_LogStarted?
    if !isHeld, case .logStarted(let event) = first?.body { start = event }
    if try pendingBytes(of: log, start: start) < pendingBytesMax { return true }
    guard start != nil, let first, let ledger = state.ledger, let genesis = state.genesisLog else {
      return false
    }
    // Perhaps it was enrolled before it came.
    let address = Address(log: log, seq: 1)
    return Membership(
      ledger: ledger, genesis: genesis, events: state.contextEvents + [(address, first)],
      knowing: state.membership
    ).admittedLimit(of: log) > 0
  }

  /// Bytes of entries that count nothing, of the log and of those that came in as it did; a log of which nothing counts
  /// at all is some by itself.
  ///
  /// `start`: the log's first event, where it is not held.
  package func pendingBytes(of log: LogID, start: Scorebook_V1_LogStarted?) throws -> Int64 {
    try settleEntries()
    let statement = try RawStatement(
      kept: database, "SELECT coalesce(sum(length(bytes)), 0) FROM entry WHERE log = ? AND seq > ?")
    return try logs(as: log, start: start).reduce(0) { sum, log in
      guard let number = state.numbers[log] else { return sum }
      let limit = state.membership?.admittedLimit(of: log) ?? 0
      let ofLog = limit == 0 ? SyncLimits.pendingLogBytes : 0
      statement.bind(Int64(number), at: 1)
      statement.bind(Int64(clamping: limit), at: 2)
      defer { statement.reset() }
      return try sum + ofLog + (statement.step() ? statement.integer(0) : 0)
    }
  }

  /// Keeps consecutive entries that were refused, but for those that are kept already. Reads the table twice, however
  /// many they are.
  ///
  /// - Returns: false when there is no room for all of them.
  @discardableResult
  package func quarantine(
    _ entries: [[UInt8]], of log: LogID, from firstSeq: UInt64, reason: QuarantineReason,
    received: Instant
  ) throws -> Bool {
    let table = QuarantineTable(database)
    let isHeld = state.numbers[log] != nil
    var held =
      try isHeld ? table.bytes(of: Set(logs(as: log, start: nil))) : table.bytesOfOthers()
    let kept = try table.entries(of: log, from: firstSeq, count: entries.count)
    for (entry, seq) in zip(entries, firstSeq...) where !kept[seq, default: []].contains(entry) {
      held += Int64(entry.count) + QuarantineTable.rowBytes
      guard held <= SyncLimits.quarantineBytesMax else { return false }
      try table.add(reason, log: log, seq: seq, bytes: entry, received: received)
    }
    return true
  }

  private func logs(as log: LogID, start: Scorebook_V1_LogStarted?) -> [LogID] {
    guard let membership = state.membership else { return state.logs.map(\.id) }
    return membership.logs(
      from: start.map { membership.origin(of: $0, log: log) } ?? membership.origin(of: log))
  }
}
