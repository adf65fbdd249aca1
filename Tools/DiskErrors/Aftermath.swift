import FeedbackLedger
import LedgerCore
import LedgerStore
import TestSupport

/// Looks at the files after a fault, when the disk works again: what must be there is, nothing is half done, `verify`
/// finds nothing, and the ledger records on.
struct Aftermath {
  private let scenario: Scenario
  private let expected: ExpectedHeads
  private let reached: Int
  private let threw: Bool

  /// `reached`: so many steps had returned. `threw`: the next one ended with an error, not with its process.
  init(_ scenario: Scenario, _ expected: ExpectedHeads, reached: Int, threw: Bool) {
    self.scenario = scenario
    self.expected = expected
    self.reached = reached
    self.threw = threw
  }

  /// - Returns: what is wrong; nil where nothing is.
  func finding(in folder: String, surroundings: Surroundings) -> String? {
    for name in [Base.office, Base.branch] {
      do {
        if let found = try finding(name, at: folder + "/" + name, surroundings) {
          return "\(name): \(found)"
        }
      } catch {
        return "\(name): \(error)"
      }
    }
    return nil
  }

  private func finding(
    _ name: String, at path: String, _ surroundings: Surroundings
  ) throws -> String? {
    var opened: OpenFinding?
    let ledger = try Ledger.open(at: path, surroundings: surroundings) { opened = $0 }
    if let opened { return "opened as \(opened)" }
    let (heads, before) = try ledger.store.read { ($1.heads, $1.lastPosition) }
    if let missing = try expected.missing(of: name, after: reached, in: ledger) { return missing }
    let mayBeDone = !(threw && scenario.errorMeansUndone)
    if scenario.isWhole, !expected.allows(heads, of: name, after: reached, orNext: mayBeDone) {
      return mayBeDone
        ? "the step after \(reached) is half done" : "the step after \(reached) failed, and is done"
    }
    let report = try ledger.verify()
    if let first = report.findings.first { return "verify: \(first)" }
    guard case .recorded = try ledger.record([EventDraft(Bodies.response([Bodies.nps(8)]))])[0]
    else { return "does not record any more" }
    guard try ledger.store.read({ $1.lastPosition }) > before else { return "recorded nothing" }
    return nil
  }
}
