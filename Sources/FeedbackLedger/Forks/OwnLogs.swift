import LedgerCore
import LedgerSchema
import LedgerStore

/// The logs that a ledger has written to, one after the other.
struct OwnLogs {
  /// The logs that were left, newest first, and the last seq that this ledger holds as its own there.
  private(set) var left: [Address] = []
  /// How far this ledger wrote to each of them: what a twin wrote to one afterwards is not its own.
  private var ends: [LogID: UInt64] = [:]

  init(of state: StoreState) {
    var starts: [LogID: Scorebook_V1_Predecessor] = [:]
    for (address, event) in state.contextEvents where address.seq == 1 {
      guard case .logStarted(let start) = event.body, start.hasPredecessor else { continue }
      starts[address.log] = start.predecessor
    }
    var current = state.ownLog.map { Address(log: $0.id, seq: .max) }
    // A loop of predecessors, which only a forger can make, ends here too.
    while let end = current, ends[end.log] == nil {
      ends[end.log] = end.seq
      guard let head = starts[end.log]?.head, let predecessor = LogID(bytes: head.log) else {
        return
      }
      left.append(Address(log: predecessor, seq: head.size))
      current = left.last
    }
  }

  private func contains(_ address: Address) -> Bool { address.seq <= ends[address.log] ?? 0 }

  /// The lowest last common seq that these logs prove of a forked one; nil where they prove none.
  func provenSeq(of forked: LogID, _ state: StoreState) -> UInt64? {
    state.contextEvents.compactMap { address, event in
      guard contains(address), case .forkProven(let proof) = event.body,
        LogID(bytes: proof.log) == forked
      else { return nil }
      return proof.commonSeq
    }.min()
  }

  /// Whether one of these logs repeats the entry already, in a part that counts.
  func repeats(_ message: Scorebook_V1_ForkTailRepeated, _ appender: Appender) throws -> Bool {
    guard let entry = TailEntry(message) else { return false }
    let state = appender.state
    return try RepetitionTable(appender.connection).repetitions(of: entry).contains { repetition in
      let log = state.logs[Int(repetition.place.log)].id
      let seq = UInt64(repetition.place.seq)
      return contains(Address(log: log, seq: seq)) && seq <= state.membership?.forks[log] ?? .max
    }
  }
}
