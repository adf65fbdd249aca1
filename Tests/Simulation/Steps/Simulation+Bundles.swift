import FeedbackLedger
import Foundation
import LedgerCore
import LedgerStore
import LedgerSync
import TestSupport

extension Simulation {
  private static let bundlesMax = 6

  /// For everybody, or for what one peer said that it holds.
  func makeBundle() throws {
    guard let machine = fleet.honestMachine(using: &random),
      let peer = fleet.honestMachine(using: &random)
    else { return }
    bundlesMade += 1
    let path = fleet.newPath()
    let clock =
      Bool.random(using: &random)
      ? VectorClock() : try peer.ledger.store.read { $1.clock }
    let report = try machine.ledger.bundle(to: path, for: clock)
    fleet.bundles.append(
      Fleet.StoredBundle(
        number: bundlesMade, path: path, sender: machine.number, head: try machine.ownHead()))
    if fleet.bundles.count > Self.bundlesMax {
      try FileManager.default.removeItem(atPath: fleet.bundles.removeFirst().path)
    }
    say("machine \(machine.number) makes bundle \(bundlesMade) of \(report.events)", [machine])
  }

  func mergeBundle() throws {
    guard let machine = fleet.honestMachine(using: &random) else { return }
    let overtaken = fleet.bundles.indices.filter { isOvertaken(fleet.bundles[$0], at: machine) }
    let isAny = overtaken.isEmpty || Bool.random(using: &random)
    let choice = isAny ? Array(fleet.bundles.indices) : overtaken
    guard let index = choice.randomElement(using: &random) else { return }
    let bundle = fleet.bundles[index]
    let isAgain = bundle.takers.contains(machine.number)
    let isLater = try isOvertaken(bundle, at: machine) || holdsMore(than: bundle, machine)
    let received = try merge(bundle.path, at: machine)
    fleet.bundles[index].takers.append(machine.number)
    let sender = fleet.machines[bundle.sender]
    if isAgain { count(.bundleTwice, true) }
    if isLater { count(.bundleOutOfOrder, true) }
    if sender.isHonest, try sender.ownHead() != bundle.head { count(.lateBundle, received > 0) }
    say("machine \(machine.number) merges bundle \(bundle.number), \(received) new", [machine])
  }

  /// Whether a newer one of the same sender was taken in before.
  private func isOvertaken(_ bundle: Fleet.StoredBundle, at machine: Machine) -> Bool {
    fleet.bundles.contains {
      $0.sender == bundle.sender && $0.number > bundle.number
        && $0.takers.contains(machine.number)
    }
  }

  /// Whether a newer state of the sender's came another way before.
  private func holdsMore(than bundle: Fleet.StoredBundle, _ machine: Machine) throws -> Bool {
    guard let head = bundle.head, machine.number != bundle.sender else { return false }
    return try machine.ledger.store.read { $1.clock[head.log] > head.size }
  }

  /// A copy of a bundle with one bit changed, or cut short.
  func damageBundle() throws {
    guard let machine = fleet.honestMachine(using: &random),
      let bundle = fleet.bundles.randomElement(using: &random)
    else { return }
    var bytes = try Data(contentsOf: URL(filePath: bundle.path))
    if Bool.random(using: &random) {
      bytes = bytes.prefix(Int.random(in: 0..<bytes.count, using: &random))
    } else {
      bytes[Int.random(in: bytes.indices, using: &random)] ^=
        1 << UInt8.random(in: 0..<8, using: &random)
    }
    let path = fleet.newPath()
    try bytes.write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    faults.try(.damagedBundle)
    let received = try merge(path, at: machine, .damagedBundle)
    say("machine \(machine.number) merges a damaged bundle, \(received) new", [machine])
  }

  /// - Returns: the new events.
  private func merge(
    _ path: String, at machine: Machine, _ damage: Fault? = nil
  ) throws -> Int {
    let before = try machine.ledger.store.read { $1.lastPosition }
    do {
      let report = try machine.ledger.merge(bundle: path)
      note(report, at: machine)
      if let damage, !report.refusals.isEmpty { faults.fire(damage) }
    } catch is SyncRefusal {
      if let damage { faults.fire(damage) }
    }
    return Int(try machine.ledger.store.read { $1.lastPosition } - before)
  }

  func count(_ fault: Fault, _ hasEffect: Bool) {
    faults.try(fault)
    if hasEffect { faults.fire(fault) }
  }
}
