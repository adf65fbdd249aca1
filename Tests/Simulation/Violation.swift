/// What a checker found: the run of the seed ends with it.
package struct Violation: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Checker: String, CaseIterable, Sendable {
    /// The same logs give the same heads, limits, forks and counters at every honest ledger.
    case agreement
    /// All becomes quiet within a bounded number of rounds.
    case liveness
    /// What was acknowledged is held, counts, and counts once.
    case retention
    /// A ledger that was put back says so.
    case restoreReport = "restore report"
    /// A log with two branches is named everywhere, and no other one is.
    case forkNaming = "fork naming"
    /// One canonical order, that of stamp, log and seq.
    case order
    /// The roots are those of the stored bytes.
    case roots
    /// Equal digests, equal scores.
    case cuts
    /// The parts of an explanation sum to the change.
    case explanation
    /// No text of an erased customer is left.
    case erasure
    /// What is held of an entry's texts somewhere is held everywhere.
    case texts
    /// The counters are those of the specification.
    case oracle
    /// `verify` finds nothing but what the hostile site wrote.
    case soundness
    /// A hostile site is refused.
    case refusal
    /// Nothing fails but by a refusal.
    case errors
  }

  package let checker: Checker
  package let message: String
  /// The machines that it is about.
  package let machines: [Int]

  package init(_ checker: Checker, _ message: String, machines: [Int] = []) {
    self.checker = checker
    self.message = message
    self.machines = machines
  }

  package var description: String { "\(checker.rawValue): \(message)" }
}
