import FeedbackLedger
import LedgerCore
import LedgerStore
import LedgerSync
import TestSupport

/// One seed: a company of ledgers, over which happens what the seed says; then all faults end, and everything must
/// come right.
///
/// The ledgers, their stores and the session code are the real ones. The world around them is this type: it has no
/// clock and no randomness but the seed's, so that the same seed does the same, step by step.
package final class Simulation {
  package let seed: UInt64
  let rates: Rates
  var random: SplitMix64
  var fleet: Fleet
  var drafts = RandomDrafts()
  var faults = FaultCounts()
  var trace = Trace()
  var acknowledged = Acknowledgements()
  var cuts = CutMemory()
  let memory = EntryMemory()
  var step = 0
  /// The logs that may have two branches.
  var split: Set<LogID> = []
  /// The logs whose keys were given up.
  var rotated: Set<LogID> = []
  /// Files of the shared folder that were damaged.
  var spoiled: Set<String> = []
  /// What must be seen at the end for a fault to have had an effect.
  var awaited: [(fault: Fault, log: LogID)] = []
  var definitionVersion = 0
  var erasures = 0
  var bundlesMade = 0
  var texts = 0

  package init(seed: UInt64, steps: Int) throws {
    self.seed = seed
    var random = SplitMix64(seed: seed)
    rates = Rates(steps: steps, using: &random)
    fleet = try Fleet(rates, using: &random)
    self.random = random
  }

  /// The whole life of the seed.
  package static func run(seed: UInt64, steps: Int, checksAll: Bool) -> SeedOutcome {
    var outcome = SeedOutcome(seed: seed)
    do {
      let simulation = try Simulation(seed: seed, steps: steps)
      outcome.violation = simulation.violation(steps: steps, checksAll: checksAll)
      outcome.steps = simulation.step
      outcome.faults = simulation.faults
      outcome.trace = simulation.trace
      outcome.acknowledged = simulation.acknowledged.items.count
      outcome.lost = simulation.acknowledged.lost
    } catch {
      outcome.violation = Violation(.errors, "\(error)")
    }
    return outcome
  }

  private func violation(steps: Int, checksAll: Bool) -> Violation? {
    do {
      let links = "\(rates.topology.rawValue) of \(rates.machines)"
      say("seed \(seed): \(links)", [])
      while step < steps {
        step += 1
        try take(rates.action(using: &random))
      }
      step += 1
      try settle()
      try check(all: checksAll)
      say("ends with \(acknowledged.items.count) acknowledged, \(acknowledged.lost) lost", [])
      return nil
    } catch let violation as Violation {
      return violation
    } catch {
      return Violation(.errors, "step \(step) failed: \(error)")
    }
  }

  func say(_ text: String, _ machines: [Machine]) {
    trace.add(step, text, machines: machines.map(\.number))
  }

  func require(_ violations: [Violation]) throws {
    if let first = violations.first { throw first }
  }

  private func take(_ action: Action) throws {
    switch action {
    case .record: try recordSomewhere()
    case .sync: try syncSomewhere()
    case .productSync: try syncByProduct()
    case .makeBundle: try makeBundle()
    case .mergeBundle: try mergeBundle()
    case .damageBundle: try damageBundle()
    case .syncFolder: try syncFolder()
    case .spoilFolder: try spoilFolder()
    case .restart: try restartSomewhere()
    case .abandon: try abandonTransaction()
    case .crash: try crashInTransaction()
    case .crashAfterCommit: try crashAfterCommit()
    case .fillDisk: try fillDisk()
    case .backUp: try backUp()
    case .restore: try restore()
    case .clone: try cloneSomewhere()
    case .turnClock: turnClock()
    case .retire: try retire()
    case .revoke: try revoke()
    case .rejoin: try rejoin()
    case .joinByApproval: try joinByApproval()
    case .approve: try approve()
    case .adopt: try adopt()
    case .rotate: try rotate()
    case .delegate: try delegate()
    case .endDelegation: try endDelegation()
    case .erase: try erase()
    case .define: try define()
    case .attack: try attack()
    case .lookBack: try lookBack()
    }
  }
}

/// What became of one seed.
package struct SeedOutcome: Sendable {
  package let seed: UInt64
  package var steps = 0
  package var violation: Violation?
  package var faults = FaultCounts()
  package var trace = Trace()
  package var acknowledged = 0
  package var lost = 0

  init(seed: UInt64) {
    self.seed = seed
  }
}
