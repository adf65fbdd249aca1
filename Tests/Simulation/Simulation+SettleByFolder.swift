import FeedbackLedger
import Foundation
import LedgerCore
import LedgerStore

/// Companies that have nothing but a folder: all that is wanted of it is that everybody hears everything.
extension Simulation {
  /// A file that nobody can read again says nothing to anybody, so that the sessions have to.
  var settlesByFolder: Bool { seed.isMultiple(of: 3) && spoiled.isEmpty }

  /// Everybody syncs through the shared folder alone, until nobody learns anything: then all hold the same of every log
  /// that nobody split.
  func settleByFolder(_ honest: [Machine]) throws {
    try FileManager.default.createDirectory(
      atPath: fleet.sharedFolder, withIntermediateDirectories: true)
    _ = try showLateFiles()
    let roundsMax = honest.count + 12
    for round in 1...roundsMax {
      let before = try honest.map { try $0.ledger.store.read { $1.lastPosition } }
      for machine in honest {
        let report = try machine.ledger.sync(folder: fleet.sharedFolder, entriesMax: 100)
        note(report.received, at: machine)
        let refused = report.refused.map { "\($0.file.suffix(50)): \($0.error)" }
        if !refused.isEmpty || !report.waiting.isEmpty {
          say(
            "machine \(machine.number) is refused \(refused) and waits for "
              + "\(report.waiting.map { $0.suffix(50) })", [])
        }
      }
      let after = try honest.map { try $0.ledger.store.read { $1.lastPosition } }
      // What is written in the first round, the others read in the second.
      guard before == after, round > 1 else { continue }
      say("quiet after \(round) rounds by the folder", honest)
      return try expectSameLogs(honest)
    }
    throw Violation(
      .liveness, "\(honest.count) machines are not quiet after \(roundsMax) rounds by the folder",
      machines: honest.map(\.number))
  }

  private func expectSameLogs(_ honest: [Machine]) throws {
    guard let first = honest.first else { return }
    let expected = try heads(of: first)
    for machine in honest.dropFirst() {
      let held = try heads(of: machine)
      for log in Set(expected.keys).union(held.keys).sorted()
      where expected[log] != held[log] && !split.contains(log) {
        throw Violation(
          .agreement,
          "by the folder, machines \(first.number) and \(machine.number): log \(log): "
            + "size \(expected[log]?.size ?? 0) and \(held[log]?.size ?? 0)",
          machines: [first.number, machine.number])
      }
    }
  }

  private func heads(of machine: Machine) throws -> [LogID: Head] {
    let heads = try machine.ledger.store.read { $1.heads }
    return Dictionary(uniqueKeysWithValues: heads.map { ($0.log, $0) })
  }
}
