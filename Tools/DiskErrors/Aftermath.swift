import FeedbackLedger
import LedgerCore
import LedgerStore
import TestSupport

/// Looks at the files after a fault, when the disk works again.
enum Aftermath {
  /// - Returns: what is wrong; nil where nothing is.
  static func finding(
    in folder: String, _ expected: [String: [ExpectedHeads.Line]], surroundings: Surroundings
  ) -> String? {
    for name in [Base.office, Base.branch] {
      do {
        if let found = try finding(
          at: folder + "/" + name, expected[name] ?? [], surroundings: surroundings)
        {
          return "\(name): \(found)"
        }
      } catch {
        return "\(name): \(error)"
      }
    }
    return nil
  }

  private static func finding(
    at path: String, _ expected: [ExpectedHeads.Line], surroundings: Surroundings
  ) throws -> String? {
    var opened: OpenFinding?
    let ledger = try Ledger.open(at: path, surroundings: surroundings) { opened = $0 }
    if let opened { return "opened as \(opened)" }
    if let missing = try ExpectedHeads.missing(expected, in: ledger) { return missing }
    let report = try ledger.verify()
    if let first = report.findings.first { return "verify: \(first)" }
    let before = try ledger.store.read { $1.lastPosition }
    guard case .recorded = try ledger.record([EventDraft(Bodies.response([Bodies.nps(8)]))])[0]
    else { return "does not record any more" }
    guard try ledger.store.read({ $1.lastPosition }) > before else { return "recorded nothing" }
    return nil
  }
}
