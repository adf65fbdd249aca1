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
    if settlesByFolder { try settleByFolder(honest) }
    let roundsMax = 2 * honest.count + 12
    for round in 1...roundsMax {
      let before = try honest.map { try $0.ledger.store.read { $1.lastPosition } }
      // By way of the authority first: most then hold the same, and need not meet.
      let pairs =
        round == 1
        ? honest.dropFirst().map { (honest[0], $0) }
        : honest.enumerated().flatMap { index, left in
          honest[(index + 1)...].map { (left, $0) }
        }
      for (left, right) in pairs { try settle(left, right) }
      let after = try honest.map { try $0.ledger.store.read { $1.lastPosition } }
      guard before == after, round > 1 else { continue }
      if try !approveLeftOver() {
        say("quiet after \(round) rounds", honest)
        return
      }
    }
    throw Violation(
      .liveness, "\(honest.count) machines are not quiet after \(roundsMax) rounds",
      machines: honest.map(\.number))
  }

  /// Who was enrolled by somebody who had lost the right to it, or by an authority that was put back to before that, or
  /// shows an invitation like another one of a cloned authority, waits for a person; here one is there at the end.
  ///
  /// - Returns: whether somebody was approved.
  private func approveLeftOver() throws -> Bool {
    let waiting = try fleet.authority.ledger.applicants().filter { applicant in
      let machine = fleet.machines.first { $0.firstLog == applicant.log }
      return machine?.mustCount == true
    }
    for applicant in waiting {
      _ = try fleet.authority.ledger.approve(applicant.site, log: applicant.log)
      say("\(applicant.site) is approved at the end", [fleet.authority])
    }
    return !waiting.isEmpty
  }

  /// Both ways. Two that hold the same have nothing to say to each other.
  private func settle(_ left: Machine, _ right: Machine) throws {
    let heads = try [left, right].map { try $0.ledger.store.read { $1.heads } }
    let lacksTexts = try [left, right].contains { try !$0.ledger.missingTexts().isEmpty }
    guard heads[0] != heads[1] || lacksTexts || left.ledger.log == right.ledger.log else { return }
    if seed.isMultiple(of: 2) {
      let reports = try left.ledger.sync(with: right.ledger)
      note(reports.here, at: left)
      note(reports.there, at: right)
    } else {
      try session(into: left, from: right, .none)
      try session(into: right, from: left, .none)
    }
  }
}
