import FeedbackLedger
import LedgerCore
import LedgerStore
import LedgerSync
import TestSupport

extension Simulation {
  func syncSomewhere() throws {
    guard let (left, right) = fleet.pair(using: &random) else { return }
    let isBothWays = Int.random(in: 0..<3, using: &random) > 0
    try session(into: left, from: right, rates.wire)
    if isBothWays { try session(into: right, from: left, rates.wire) }
  }

  /// By the product's own transport between two ledgers of one process.
  func syncByProduct() throws {
    guard let (left, right) = fleet.pair(using: &random), left.isHonest, right.isHonest else {
      return
    }
    let reports = try left.ledger.sync(with: right.ledger)
    note(reports.here, at: left)
    note(reports.there, at: right)
    let counts = "\(reports.here.received) and \(reports.there.received)"
    say("machines \(left.number) and \(right.number) sync, \(counts)", [left, right])
  }

  /// One session, one way. It may fail; what it did stays, and no machine is the worse for it.
  func session(into receiver: Machine, from sender: Machine, _ wireRates: WireRates) throws {
    guard receiver.isHonest, !sender.isGone else { return }
    let wire = Wire(wireRates, late: fleet.late, seed: random.next())
    let serving =
      sender.isHostile
      ? sender.branches[receiver.number % sender.branches.count] : sender.ledger
    let pull = WirePull(
      receiver: receiver.ledger, sender: serving, receiverNumber: receiver.number,
      senderNumber: sender.number, wire: wire,
      batchEventsMax: Int.random(in: 1...40, using: &random),
      meanwhile: { try self.happen(at: receiver, or: sender) })
    defer { if wireRates.areDecided { step += wire.frames } }
    var isDisturbed = true
    var result = ""
    do {
      let report = try pull.run()
      note(report, at: receiver)
      isDisturbed = !report.refusals.isEmpty
      result = "received \(report.received), refused \(report.refusals.count)"
    } catch let refusal as SyncRefusal {
      result = "ends: \(refusal)"
    } catch WireFailure.cut {
      result = "is cut"
    } catch WireFailure.crash {
      result = "crashes"
      faults.try(.crashInSession)
      faults.fire(.crashInSession)
      try restart(receiver)
    }
    for fault in wire.faults {
      faults.try(fault)
      // What came twice or late was there to be taken; the others show by what they disturb.
      if isDisturbed || Self.isSeenAtOnce(fault) { faults.fire(fault) }
    }
    say("machine \(receiver.number) from \(sender.number): \(result)", [receiver, sender])
  }

  private static func isSeenAtOnce(_ fault: Fault) -> Bool {
    fault == .duplicate || fault == .delay || fault == .withheldTexts
  }

  /// While two machines talk, one of them records, or takes something in from a third: as other processes that share
  /// its file do.
  private func happen(at receiver: Machine, or sender: Machine) throws {
    let busy = sender.isHostile || Bool.random(using: &random) ? receiver : sender
    let others = fleet.neighbours(of: busy).filter {
      $0.number != receiver.number + sender.number - busy.number
    }
    let before = try busy.ledger.store.read { $1.lastPosition }
    if Bool.random(using: &random), let third = others.randomElement(using: &random) {
      try session(into: busy, from: third, rates.wire.inside)
    } else {
      try record(Int.random(in: 1...3, using: &random), at: busy)
    }
    count(.meanwhile, try busy.ledger.store.read { $1.lastPosition } > before)
  }

  /// A machine that was split, and now knows.
  func note(_ report: SyncReport, at machine: Machine) {
    guard !report.successions.isEmpty else { return }
    say("machine \(machine.number) goes on in \(machine.ledger.log)", [machine])
    if let fault = machine.pendingSplit { faults.fire(fault) }
    machine.pendingSplit = nil
  }
}
