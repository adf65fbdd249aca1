import LedgerStore

/// Thrown to roll a dry run back; never leaves this file.
private struct DryRunEnded: Error {}

extension Store {
  /// Runs one transaction of own events; a dry run does the same work and then takes it back.
  func transact<T>(
    isDryRun: Bool, _ ledger: Ledger, _ body: (Recorder) throws -> T
  ) throws -> T {
    var outcome: T?
    do {
      try ledger.withRecorder { recorder in
        outcome = try body(recorder)
        if isDryRun { throw DryRunEnded() }
      }
    } catch is DryRunEnded {
      // Nothing of it is there any more.
    }
    guard let outcome else { preconditionFailure("A transaction ended without an outcome.") }
    return outcome
  }
}
