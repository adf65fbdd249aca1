import FeedbackLedger
import LedgerCore
import LedgerStore
import TestSupport

/// Something that a program does with a ledger file while its disk fails. A step that has returned is acknowledged.
struct Scenario: Sendable {
  typealias Step = @Sendable (Ledger, Base) throws -> Void

  let name: String
  /// The ledger whose file it is.
  var file = Base.office
  /// Whether its write-ahead log is nearly full.
  var fillsLog = false
  /// Whether each step is one transaction, so that it is done or not.
  var isWhole = true
  /// Whether an error says that nothing of the step is there, as with everything that is recorded.
  var errorMeansUndone = false
  let steps: [Step]

  /// Records one of four drafts.
  private static func record(number: Int) -> Step {
    { ledger, base in _ = try ledger.record([base.drafts(4)[number]]) }
  }

  static let all: [Scenario] = [
    Scenario(name: "open", steps: [{ _, _ in }]),
    Scenario(
      name: "record one", errorMeansUndone: true,
      steps: [{ ledger, base in _ = try ledger.record(base.drafts(1)) }]),
    Scenario(
      name: "record twenty at once", errorMeansUndone: true,
      steps: [{ ledger, base in _ = try ledger.record(base.drafts(20)) }]),
    Scenario(
      name: "record one after another", errorMeansUndone: true,
      steps: (0..<4).map(record)),
    Scenario(
      name: "record and seal pages", errorMeansUndone: true,
      steps: [{ ledger, base in _ = try ledger.record(base.drafts(1_100)) }]),
    Scenario(
      name: "record with a write-ahead log that is nearly full", file: Base.branch,
      fillsLog: true, errorMeansUndone: true, steps: (0..<4).map(record)),
    Scenario(
      name: "merge a bundle", isWhole: false,
      steps: [{ ledger, base in _ = try ledger.merge(bundle: base.folder.path(Base.bundle)) }]),
    Scenario(
      name: "make a bundle",
      steps: [{ ledger, base in _ = try ledger.bundle(to: base.folder.path("new.bundle")) }]),
    Scenario(
      name: "sync", file: Base.branch, isWhole: false,
      steps: [{ ledger, base in _ = try ledger.sync(with: try base.open(Base.office)) }]),
    Scenario(
      name: "sync through a folder", isWhole: false,
      steps: [
        { ledger, base in _ = try ledger.sync(folder: base.folder.path(Base.shared)) },
        { _, base in _ = try base.open(Base.branch).sync(folder: base.folder.path(Base.shared)) },
        { ledger, base in _ = try ledger.sync(folder: base.folder.path(Base.shared)) },
      ]),
    Scenario(name: "import and void", isWhole: false, steps: ImportSteps.all),
    Scenario(
      name: "erase",
      steps: [
        { ledger, _ in _ = try ledger.record([ImportSteps.draft(of: "ann@example.org")]) },
        { ledger, _ in
          _ = try ledger.erase([ImportSteps.customer("ann@example.org")], removing: true)
        },
      ]),
    Scenario(name: "rebuild", steps: [{ ledger, _ in _ = try ledger.rebuild() }]),
    Scenario(
      name: "checkpoint",
      steps: [
        { ledger, base in _ = try ledger.record(base.drafts(20)) },
        { ledger, _ in try ledger.store.checkpoint() },
      ]),
    Scenario(
      name: "back up",
      steps: [{ ledger, base in _ = try ledger.backup(to: base.folder.path("backup.ledger")) }]),
    Scenario(name: "verify", steps: [{ ledger, _ in _ = try ledger.verify() }]),
    Scenario(name: "ask", steps: Questions.all),
    Scenario(
      name: "publish and define",
      steps: [
        { ledger, _ in _ = try ledger.publish(ScoreRequest(metric: "nps")) },
        { ledger, _ in _ = try ledger.define(Definitions.latest) },
        { ledger, _ in _ = try ledger.publish(ScoreRequest(metric: "nps.latest")) },
      ]),
    Scenario(
      name: "decide about sites",
      steps: [
        { ledger, _ in _ = try ledger.invite("newcomer") },
        { ledger, _ in try ledger.revoke("branch 1") },
      ]),
    Scenario(name: "rotate the key", steps: [{ ledger, _ in try ledger.rotateKey() }]),
    Scenario(
      name: "record at a branch, then sync", file: Base.branch, isWhole: false,
      steps: [
        { ledger, base in _ = try ledger.record(base.drafts(3)) },
        { ledger, base in _ = try ledger.sync(with: try base.open(Base.office)) },
        { ledger, base in _ = try ledger.record([base.drafts(4)[3]]) },
      ]),
  ]
}

extension Base {
  /// Opens one of the ledgers.
  func open(_ name: String) throws -> Ledger {
    try Ledger.open(at: folder.path(name), surroundings: surroundings)
  }
}
