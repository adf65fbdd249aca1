import FeedbackLedger
import LedgerCore
import LedgerStore
import TestSupport

extension Simulation {
  /// All faults end; every pair syncs, in both directions, until nobody learns anything.
  func settle() throws {
    let honest = fleet.honest
    // A hostile site has spoken to everybody who is linked to it; what it said last is known to one of them.
    for hostile in fleet.machines where hostile.isHostile && !hostile.isGone {
      for machine in honest where Bool.random(using: &random) {
        try session(into: machine, from: hostile, .none)
      }
    }
    let roundsMax = 2 * honest.count + 8
    for round in 1...roundsMax {
      let before = try honest.map { try $0.ledger.store.read { $1.lastPosition } }
      try syncAll(honest, byProduct: seed.isMultiple(of: 2))
      let after = try honest.map { try $0.ledger.store.read { $1.lastPosition } }
      if before == after {
        say("quiet after \(round) rounds", honest)
        return
      }
    }
    throw Violation(
      .liveness, "\(honest.count) machines are not quiet after \(roundsMax) rounds",
      machines: honest.map(\.number))
  }

  private func syncAll(_ honest: [Machine], byProduct: Bool) throws {
    for (index, left) in honest.enumerated() {
      for right in honest[(index + 1)...] {
        if byProduct {
          let reports = try left.ledger.sync(with: right.ledger)
          note(reports.here, at: left)
          note(reports.there, at: right)
        } else {
          try session(into: left, from: right, .none)
          try session(into: right, from: left, .none)
        }
      }
    }
  }
}
