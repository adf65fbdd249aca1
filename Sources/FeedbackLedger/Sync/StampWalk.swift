import LedgerCore
import LedgerSchema
import LedgerSync

/// The stamps of one log's new entries, as far as what is held bears out what its observations claim.
struct StampWalk {
  private let run: PreparedBatch.Run
  /// Logs whose branch that was observed may never be held here.
  private let unjudged: Set<LogID>
  private var stamp: Int64
  /// Of the next entry, in the run.
  private var index: Int

  /// `previous`: the stamp of the log's last entry that is held. `held`: its seq.
  init(
    _ run: PreparedBatch.Run, after previous: Int64, held: UInt64, unjudged: Set<LogID>
  ) {
    self.run = run
    self.unjudged = unjudged
    stamp = previous
    index = Int(clamping: held &+ 1 &- run.firstSeq)
  }

  /// Goes on as far as it can, and lifts what is held by what it has passed.
  ///
  /// - Returns: whether it got on.
  mutating func advance(_ greatestHeld: inout Int64) -> Bool {
    let start = index
    while index < run.entries.count {
      let entry = run.entries[index]
      guard let recorded = entry.prepared?.recorded else { break }
      if let claim = entry.claim {
        guard Stamp.isCredible(claim, greatestHeld: greatestHeld) || entry.observes(any: unjudged)
        else { break }
        stamp = Stamp.next(after: stamp, recorded: recorded, observing: claim)
      } else {
        stamp = Stamp.next(after: stamp, recorded: recorded)
      }
      greatestHeld = max(greatestHeld, stamp)
      index += 1
    }
    return index > start
  }

  /// The entry that claims what nothing bears out; nil at the end.
  var refusal: SyncRefusal? {
    guard index < run.entries.count else { return nil }
    return .undecodable(log: run.log, seq: run.firstSeq + UInt64(index))
  }
}

extension PreparedBatch.Run {
  /// Whether an observation claims a greater stamp than ordinary ones do.
  var claimsMore: Bool {
    entries.contains { ($0.claim ?? Stamp.beforeAll) > Stamp.ordinaryMax }
  }
}

extension PreparedBatch.Entry {
  /// Whether it is an observation of one of the logs.
  fileprivate func observes(any logs: Set<LogID>) -> Bool {
    guard case .observed(let observed) = prepared?.event?.body else { return false }
    return observed.heads.contains { LogID(bytes: $0.log).map(logs.contains) == true }
  }

  /// The greatest stamp that an observation says it has seen.
  fileprivate var claim: Int64? {
    guard case .observed(let observed) = prepared?.event?.body else { return nil }
    return observed.stampUs
  }
}
