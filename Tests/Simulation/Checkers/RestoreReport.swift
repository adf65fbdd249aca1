package import FeedbackLedger
package import LedgerCore

/// A ledger that opens with less than it acknowledged, or as a copy, says so; one that does not, does not.
package enum RestoreReport {
  /// `acknowledged`: the last acknowledged head of the machine.
  /// `holdsAll`: whether the file that it opens holds that head: it may be newer than what the machine was put back to.
  /// `held`: its own log in that file.
  /// `isCopy`: whether the file is another one.
  package static func violations(
    _ finding: OpenFinding?, acknowledged: Head?, holdsAll: Bool, held: Head?, isCopy: Bool,
    machine: Int
  ) -> [Violation] {
    let isShort = acknowledged != nil && !holdsAll
    let expected: OpenFinding? = isCopy ? .copied : isShort ? .shorterThanAcknowledged : nil
    guard finding != expected else { return [] }
    let said = finding?.rawValue ?? "nothing"
    return [
      Violation(
        .restoreReport,
        "machine \(machine) acknowledged \(acknowledged?.size ?? 0) of"
          + " \(acknowledged?.log.description ?? "no log"), opens with \(held?.size ?? 0) of"
          + " \(held?.log.description ?? "no log"), and says \(said) instead of"
          + " \(expected?.rawValue ?? "nothing")",
        machines: [machine])
    ]
  }
}
