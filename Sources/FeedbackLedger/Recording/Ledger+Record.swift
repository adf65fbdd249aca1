package import LedgerCore
import LedgerStore

extension Ledger {
  /// Records drafts in one transaction; they are durable when this returns.
  ///
  /// - Returns: what became of each, in order. A refused draft stops none of the others.
  /// - Throws: `StoreError` when nothing at all could be recorded.
  public func record(_ drafts: [EventDraft]) throws -> [RecordOutcome] {
    try withRecorder { recorder in
      try recorder.record(recorder.stamped(drafts)) { $0 }
    }
  }

  /// Records the drafts of one group of inputs after another, each group in a transaction of its own. While one is
  /// written, and while the disk is waited for, the drafts of those that follow are made and sealed.
  ///
  /// `groups`: the next group, nil at the end. It and `draft` run on another thread.
  /// `recorded`: what became of a group's drafts, in order; they are durable by then.
  package func record<Input: Sendable>(
    groups: @escaping @Sendable () throws -> [Input]?,
    draft: @escaping @Sendable (Input) -> StampedDraft,
    _ recorded: ([RecordOutcome]) throws -> Void
  ) throws {
    let sealer = DraftSealer(self)
    try Pipeline<DraftSealing.Part>.run(depth: DraftSealing.depth) { emit in
      try DraftSealing.seal(groups: groups, sealer: sealer, draft: draft, emit)
    } drain: { parts in
      while let first = try parts.next() {
        try recorded(try withRecorder { try $0.record(first, parts) })
      }
    }
  }

  /// Runs one transaction of own events. When `body` throws, none of them is recorded.
  ///
  /// `now`: the clock for this transaction; the ledger's own unless another is given.
  package func withRecorder<T>(
    now: (() -> Instant)? = nil, _ body: (Recorder) throws -> T
  ) throws -> T {
    try store.write { appender in
      try refreshIdentity(appender.connection, appender.state)
      let clock = now ?? surroundings.now
      return try body(try Recorder(appender, ledger: self, now: clock))
    }
  }
}
