import LedgerCore
import LedgerStore
import LedgerSync

/// How far each log is held, and which have forked: what decides whether a file is of use here.
struct HeldLogs {
  let clock: VectorClock
  /// The last common seqs of the logs that have forked. Of such a log each ledger holds one branch, and a seq alone
  /// does not tell which.
  let forks: [LogID: UInt64]

  /// Whether all that a file builds on is held. Nobody waits for more of a forked log: it may be another branch's.
  func cover(_ assumed: VectorClock) -> Bool {
    assumed.entries.allSatisfy { clock.contains($0) || hasParted($0.log) }
  }

  /// Whether there are entries that are not held, and that may follow on those which are.
  func lack(_ log: LogID, _ seqs: ClosedRange<UInt64>) -> Bool {
    seqs.upperBound > clock[log] && (seqs.lowerBound <= clock[log] + 1 || !hasParted(log))
  }

  /// Whether the log is known to have forked before that seq.
  func isForked(_ log: LogID, before seq: UInt64) -> Bool { (forks[log] ?? .max) < seq }

  /// What does not go together with the branch of a forked log that is held here is of another one: no news.
  func isOfOtherBranch(_ refusal: SyncRefusal) -> Bool {
    switch refusal {
    case .fork(let log, let seq), .gap(let log, _, let seq), .badProof(let log, let seq):
      isForked(log, before: seq)
    // They say nothing about branches.
    case .protocolVersion, .stranger, .malformed, .tooLarge, .tooMany, .uninvited, .badCheckpoint,
      .undecodable, .pendingIsFull, .textMismatch, .unproven, .disowned, .ownLedger:
      false
    }
  }

  private func hasParted(_ log: LogID) -> Bool { (forks[log] ?? .max) <= clock[log] }
}

extension Ledger {
  func heldLogs() throws -> HeldLogs {
    try store.read { _, state in
      HeldLogs(clock: state.clock, forks: state.membership?.forks ?? [:])
    }
  }
}
