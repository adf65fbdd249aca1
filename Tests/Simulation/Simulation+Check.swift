import FeedbackLedger
import LedgerCore
import LedgerStore
import TestSupport

extension Simulation {
  /// `all`: also what costs a replay of everything.
  func check(all: Bool) throws {
    let honest = fleet.honest
    let views = try honest.map { try LedgerView(of: $0.ledger, machine: $0.number, memory: memory) }
    if let found = Agreement.violations(in: views).first {
      // Who of them is wrong says the specification.
      let wrong = try honest.flatMap(oracle).map(\.message)
      throw Violation(
        found.checker, ([found.message] + wrong).joined(separator: "\n"), machines: found.machines)
    }
    try require(Texts.violations(in: views))
    try require(ForkNaming.violations(in: views, split: split))
    let limited = Set(fleet.machines.filter { !$0.mustCount }.map(\.number))
    try require(
      Retention.violations(in: views, acknowledged, limited: limited))
    for view in views {
      try require(Order.violations(in: view))
      try require(Erasure.violations(in: view))
    }
    noteAwaited(views)
    try askAgain(honest)
    guard all else { return }
    guard let machine = honest.randomElement(using: &random) else { return }
    try require(oracle(machine))
    try require(soundness(machine))
  }

  /// What a fault did shows in the end.
  private func noteAwaited(_ views: [LedgerView]) {
    guard let view = views.first else { return }
    for (fault, log) in awaited {
      let size = view.heads[log]?.size ?? 0
      let hasEffect =
        switch fault {
        case .retired, .revoked: (view.limits[log] ?? 0) < size
        case .approved, .joinedByApproval: (view.limits[log] ?? 0) > 0
        case .delegationEnded: !view.deciding.contains(log)
        case .rotated: view.givenUp.contains(log)
        case .equivocation: view.forks[log] != nil
        case .rejoined: (view.limits[log] ?? 0) > 0
        default: size > 0
        }
      if hasEffect { faults.fire(fault) }
    }
  }

  /// The cuts of earlier, at ledgers that hold them now; and what lies between two of them.
  private func askAgain(_ honest: [Machine]) throws {
    for clock in cuts.clocks {
      guard let machine = honest.randomElement(using: &random) else { return }
      let held = try machine.ledger.store.read { $1.clock }
      guard held.covers(clock) else { continue }
      try ask(machine, at: clock)
      let metric = Self.metrics.randomElement(using: &random) ?? "nps"
      try require(
        ExplanationSum.violations(
          in: machine.ledger, metric, from: clock, to: held, machine: machine.number))
    }
  }

  private func oracle(_ machine: Machine) throws -> [Violation] {
    let expected = try Reference(of: machine.ledger).counters()
    let counters = StoreCounters(machine.ledger)
    let found = try [("kept", counters.kept()), ("replayed", counters.replayed())]
    return found.filter { $0.1 != expected }.map { what, counters in
      let difference = counters.difference(from: expected)
      return Violation(
        .oracle, "machine \(machine.number), \(what): \(difference)", machines: [machine.number])
    }
  }

  /// What a hostile site wrote into its own log is found, and names that log.
  private func soundness(_ machine: Machine) throws -> [Violation] {
    let hostile = Set(fleet.machines.flatMap { $0.branches.map(\.log) })
    return try machine.ledger.verify().findings.filter { finding in
      switch finding {
      case .forkProof(let address), .stamp(let address): !hostile.contains(address.log)
      default: true  // Nothing else is anybody's to write.
      }
    }.map {
      Violation(.soundness, "machine \(machine.number): \($0)", machines: [machine.number])
    }
  }
}
