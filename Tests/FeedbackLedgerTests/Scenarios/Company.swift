import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import TestSupport

/// A head office and one enrolled branch, both files, and short words for what scenarios do.
struct Company {
  let folder: TemporaryFolder
  var world: World

  init() throws {
    folder = try TemporaryFolder()
    world = try World(seed: 5, branches: 0, timeZone: "UTC", folder: folder)
    try world.join("branch", at: folder.path("branch.ledger"))
    for site in world.sites { site.clock.set(WallClock.start) }
    try world.converge()
  }

  var hub: Ledger { world.sites[0].ledger }
  var branch: Ledger { world.sites[1].ledger }
  var hubClock: WallClock { world.sites[0].clock }
  var branchClock: WallClock { world.sites[1].clock }

  /// A second machine from an image of the branch's.
  func twin(named name: String = "twin.ledger") throws -> Ledger {
    try Twin.of(branch, named: name, in: folder, surroundings: branchClock.surroundings)
  }

  /// A copy of the branch's file, opened: it goes on in a successor log at once.
  func copy(_ name: String) throws -> Ledger {
    try branch.store.checkpoint()
    try folder.copy("branch.ledger", to: name)
    return try Ledger.open(at: folder.path(name), surroundings: branchClock.surroundings)
  }

  /// Records that many promoters.
  @discardableResult
  static func record(_ count: Int, at ledger: Ledger) throws -> [RecordOutcome] {
    try ledger.record((0..<count).map { _ in EventDraft(Bodies.response([Bodies.nps(9)])) })
  }

  /// Records that many promoters who say something.
  static func comment(_ count: Int, at ledger: Ledger) throws {
    var draft = EventDraft(Bodies.response([Bodies.nps(9)]))
    draft.texts = [EventDraft.Text(field: .comment, text: "so it was")]
    _ = try ledger.record(Array(repeating: draft, count: count))
  }

  /// How many texts are held.
  static func texts(of ledger: Ledger) throws -> Int {
    Int(try ledger.store.texts("SELECT count(*) FROM detached")[0]) ?? -1
  }

  /// How many answers count now.
  static func answers(at ledger: Ledger) throws -> Int64 {
    try StoreCounters(ledger).kept().total(.nps)
  }
}
