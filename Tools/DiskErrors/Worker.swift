import FeedbackLedger
import Foundation
import LedgerCore
import TestSupport

/// Runs one scenario in this process again and again, with a later call failing each time, until none fails any more.
struct Worker {
  let scenario: Scenario
  let base: Base
  let stride: UInt64
  /// Takes every step for acknowledged before it is done: then the checks must find what faults took away.
  let isControl: Bool

  init(_ scenario: Scenario, seed: UInt64, stride: UInt64, isControl: Bool) throws {
    self.scenario = scenario
    self.stride = stride
    self.isControl = isControl
    base = try Base(seed: seed, fillsLog: scenario.fillsLog)
  }

  func run(_ first: Fault) throws {
    try WorkerLine.folder(base.folder.path("")).say()
    let expected = try expectedHeads()
    var fault = first
    while true {
      try base.restore()
      try WorkerLine.begin(fault.number).say()
      var reached = 0
      var thrown = 0
      var failed = fault.whileArmed {
        do { try steps { reached = $0 } } catch { thrown += 1 }
      }
      if failed > 0, fault.duration == .twice { failed += reopen(fault) }
      if let found = Aftermath(
        scenario, expected, reached: reached, threw: thrown > 0
      ).finding(
        in: base.folder.path(""), surroundings: base.surroundings)
      {
        try WorkerLine.found("after step \(reached): \(found)").say()
      }
      try WorkerLine.done(failed: failed, thrown: thrown).say()
      if failed == 0 { return }
      fault.number += stride
    }
  }

  private func expectedHeads() throws -> ExpectedHeads {
    var expected = ExpectedHeads()
    try base.restore()
    try expected.note(base)
    for reached in 1..<scenario.steps.count + 1 {
      try base.restore()
      try steps(through: reached) { _ in }
      try expected.note(base)
    }
    try JSONEncoder().encode(expected).write(
      to: URL(fileURLWithPath: base.folder.path(Base.expected)))
    return expected
  }

  /// `returned`: called with the number of each step that has returned.
  private func steps(through last: Int = .max, _ returned: (Int) -> Void) throws {
    let ledger = try base.open(scenario.file)
    for (index, step) in scenario.steps.prefix(last).enumerated() {
      if !isControl { try step(ledger, base) }
      returned(index + 1)
      try WorkerLine.step(index + 1).say()
      if isControl { try step(ledger, base) }
    }
  }

  /// A fault during the recovery from another one.
  private func reopen(_ fault: Fault) -> UInt64 {
    var again = fault
    again.number = fault.number % 7 + 1
    return again.whileArmed {
      for name in [Base.office, Base.branch] { _ = try? base.open(name).sites() }
    }
  }
}
