import LedgerCore
import LedgerSchema
import LedgerStore
import SwiftProtobuf

extension Ledger {
  /// Ends a session: a ledger that records nothing, a hub, vouches all the same for what it has taken in, at most once
  /// per interval (DESIGN §2.4). One that records does so with its next event.
  ///
  /// Asked after every session, also one that brought nothing: what came inside the interval is still to be vouched
  /// for when it is over.
  func observeWhatIsHeld() throws {
    let isDue = try store.read { database, state in
      guard let own = state.ownLog, own.size > 0 else { return false }
      let reader = EntryReader(database)
      let last = state.fold.causality.lastObservation(of: own.id)
      return try isIntervalOver(last, own, reader)
        && state.unobserved(by: own).contains { log, seen in
          try warrantsObservation(log, after: seen, reader)
        }
    }
    // The recorder observes before the first own event; here none follows.
    if isDue { try withRecorder { _ in } }
  }

  /// Observations and acknowledgements alone warrant none: otherwise two quiet ledgers would answer each other for
  /// ever. What else came is found at once, as nearly everything is something else.
  private func warrantsObservation(
    _ log: LogState, after seen: UInt64, _ reader: EntryReader
  ) throws -> Bool {
    for seq in seen + 1...log.size {
      guard let event = try reader.event(Address(log: log.id, seq: seq), log: log.number) else {
        continue
      }
      switch event.body {
      case .observed, .erasureAcknowledged: continue
      default: return true  // Everything else says something new.
      }
    }
    return false
  }

  /// Also where the clock was put back: a wrong one must not keep the ledger silent until its time comes again.
  private func isIntervalOver(
    _ last: Address?, _ own: LogState, _ reader: EntryReader
  ) throws -> Bool {
    guard let last, let event = try reader.event(last, log: own.number) else { return true }
    let elapsed = surroundings.now().microseconds &- event.recordedUs
    return !(0..<surroundings.observationIntervalSeconds * 1_000_000).contains(elapsed)
  }
}

extension EntryReader {
  /// Nil when the entry is not held; what is held was decoded when it came.
  fileprivate func event(_ address: Address, log: UInt32) throws -> Scorebook_V1_Event? {
    try entry(log: log, seq: address.seq).flatMap { try? Scorebook_V1_Event(serializedBytes: $0) }
  }
}
