import FeedbackLedger
import Foundation
import GRDB
import LedgerCore
import LedgerSchema
import LedgerStore
import TestSupport

/// Thrown where a process ends in the middle of its work.
private struct Ended: Error {}

extension Simulation {
  func restartSomewhere() throws {
    guard let machine = fleet.honestMachine(using: &random) else { return }
    count(.restart, true)
    try restart(machine)
    say("machine \(machine.number) starts again", [machine])
  }

  /// Everything that was acknowledged must be there, and a crash is no restore.
  func restart(_ machine: Machine, whileDown: () throws -> Void = {}) throws {
    let before = try machine.ownHead()
    let finding = try machine.restart(whileDown: whileDown)
    let after = try machine.ownHead()
    guard finding == nil, after == before else {
      throw Violation(
        .retention,
        "machine \(machine.number) had \(before?.size ?? 0) of its log before a crash,"
          + " \(after?.size ?? 0) after it, and says \(finding?.rawValue ?? "nothing")",
        machines: [machine.number])
    }
  }

  /// The work fails at its end: nothing of it is there.
  func abandonTransaction() throws {
    guard let machine = fleet.honestMachine(using: &random) else { return }
    let made = draftsOf(Int.random(in: 1...5, using: &random), machine)
    let before = try machine.ownHead()
    var recorded = 0
    do {
      try machine.ledger.withRecorder { recorder in
        for draft in made {
          if case .recorded = try recorder.record(draft) { recorded += 1 }
        }
        throw Ended()
      }
    } catch is Ended {
      // As it was meant.
    }
    count(.abandonedTransaction, recorded > 0)
    try require(unchanged(machine, before, "an abandoned transaction"))
    say("machine \(machine.number) abandons \(recorded)", [machine])
  }

  private func unchanged(
    _ machine: Machine, _ before: Head?, _ what: String
  ) throws -> [Violation] {
    let after = try machine.ownHead()
    guard after != before else { return [] }
    let sizes = "\(before?.size ?? 0) before, \(after?.size ?? 0) after"
    return [
      Violation(
        .retention, "machine \(machine.number): \(what) left something: \(sizes)",
        machines: [machine.number])
    ]
  }

  /// The process is killed within a transaction: its files are put back as they were at that moment.
  func crashInTransaction() throws {
    guard let machine = fleet.honest.filter({ $0.path != nil }).randomElement(using: &random),
      let path = machine.path
    else { return }
    let made = draftsOf(Int.random(in: 1...20, using: &random), machine)
    var killed: FileContent?
    var recorded = 0
    do {
      try machine.ledger.withRecorder { recorder in
        for draft in made {
          if case .recorded = try recorder.record(draft) { recorded += 1 }
        }
        killed = try FileContent(of: path)
        throw Ended()
      }
    } catch is Ended {
      // As it was meant.
    }
    count(.crashInTransaction, recorded > 0)
    try restart(machine) { try killed?.putBack(at: path) }
    say("machine \(machine.number) is killed while it records \(recorded)", [machine])
  }

  /// No more pages than there are: what fails leaves nothing, and says so.
  func fillDisk() throws {
    guard let machine = fleet.honestMachine(using: &random) else { return }
    var made = draftsOf(Int.random(in: 10...40, using: &random), machine)
    // Without long texts it is what a transaction writes at its end that finds no room.
    let areLong = Bool.random(using: &random)
    for index in made.indices where areLong {
      let long = String(repeating: "long ", count: 400)
      made[index].texts.append(EventDraft.Text(field: .comment, text: long))
    }
    let before = try machine.ownHead()
    try limitPages(of: machine, extra: Int.random(in: 0...(areLong ? 8 : 2), using: &random))
    var isFull = false
    do {
      try machine.ledger.withRecorder { recorder in
        for draft in made { _ = try recorder.record(draft) }
      }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL {
      isFull = true
    }
    try limitPages(of: machine, extra: nil)
    count(.fullDisk, isFull)
    if isFull {
      try require(unchanged(machine, before, "a full disk"))
      try restart(machine)
    }
    say("machine \(machine.number) has \(isFull ? "a full" : "room on its") disk", [machine])
  }

  private func limitPages(of machine: Machine, extra: Int?) throws {
    try machine.ledger.store.database.writeWithoutTransaction { database in
      let count = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
      let most = extra.map { count + $0 } ?? 1_073_741_823
      _ = try Int.fetchOne(database, sql: "PRAGMA max_page_count = \(most)")
    }
  }
}
