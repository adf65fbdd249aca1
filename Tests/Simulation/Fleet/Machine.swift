import FeedbackLedger
import LedgerCore
import LedgerStore
import TestSupport

/// One computer of the company with one ledger.
final class Machine {
  let number: Int
  let site: String
  let clock: WallClock
  /// Nil in the moment between a crash and the next start.
  private var running: Ledger?
  /// Nil for a ledger in memory.
  private(set) var path: String?
  var images: [MachineImage] = []
  /// Thrown away: nobody syncs with it any more.
  var isGone = false
  /// The log that it had when it began.
  let firstLog: LogID
  /// The number of the machine whose ledger it goes on from; its own where it began one.
  let family: Int
  /// Its log was retired, revoked or left by its key, or goes on in one that was: what it records need not count.
  var isLimited = false
  /// The log that counts when a person has approved it; nil where nobody need.
  var waitsWith: LogID?
  /// Two ledgers with one key, shown to different peers; empty for an honest machine.
  var branches: [Ledger] = []
  /// Why its log may have two branches; until a session says so.
  var pendingSplit: Fault?
  /// Put back as a whole to an earlier state, once or more.
  var wasPutBack = false
  /// How its clock was turned since it last recorded.
  var pendingTurn: Fault?

  init(number: Int, site: String, clock: WallClock, ledger: Ledger, family: Int? = nil) {
    self.number = number
    self.site = site
    self.family = family ?? number
    self.clock = clock
    firstLog = ledger.log
    running = ledger
    path = ledger.store.path
  }

  var isHostile: Bool { !branches.isEmpty }
  var isHonest: Bool { !isHostile && !isGone }
  /// Whether what it records counts without anybody's further word.
  var mustCount: Bool { !isLimited && waitsWith == nil }
  var surroundings: Surroundings { clock.surroundings }

  var ledger: Ledger {
    guard let running else { preconditionFailure("A machine is asked while it is down.") }
    return running
  }

  func use(_ ledger: Ledger) {
    running = ledger
    path = ledger.store.path
  }

  /// The process ends: what it had in memory is gone. `whileDown` runs before the next start.
  ///
  /// - Returns: what opening the file found.
  func restart(whileDown: () throws -> Void = {}) throws -> OpenFinding? {
    guard let path else {
      let store = ledger.store
      store.dropCache()
      try whileDown()
      running = try Ledger(resuming: store, surroundings)
      return nil
    }
    running = nil
    try whileDown()
    var finding: OpenFinding?
    running = try Ledger.open(at: path, surroundings: surroundings) { finding = $0 }
    return finding
  }

  /// The own log as far as it is held.
  func ownHead() throws -> Head? {
    try ledger.store.read { _, state in
      state.ownLog.map { Head(log: $0.id, size: $0.size, root: $0.frontier.root) }
    }
  }
}
