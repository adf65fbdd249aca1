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
