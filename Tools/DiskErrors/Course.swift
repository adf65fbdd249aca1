import FeedbackLedger
import Foundation
import LedgerCore

/// All faults of one kind in one scenario, each process that a failed sync ends replaced by the next.
struct Course {
  struct Tally {
    var injections = 0
    var failedCalls: UInt64 = 0
    /// Scenarios that ended with an error, and processes that ended.
    var thrown = 0
    var ended = 0
    var findings: [String] = []
  }

  static let findingsMax = 5

  let program: String
  let scenario: Scenario
  let seed: UInt64
  let stride: UInt64
  /// Whether steps are taken for acknowledged before they are done.
  let isControl: Bool

  func run(_ kind: Fault.Kind, _ duration: Fault.Duration, from first: UInt64) throws -> Tally {
    var tally = Tally()
    var fault = Fault(kind: kind, duration: duration, number: first)
    while let next = try runProcess(&fault, &tally) { fault.number = next }
    return tally
  }

  /// - Returns: the call to go on with, where the process was ended by the one before.
  private func runProcess(_ fault: inout Fault, _ tally: inout Tally) throws -> UInt64? {
    let ended = try EndedWorker(program: program, arguments: arguments(fault, fault.number))
    defer { ended.removeFolder() }
    for text in ended.findings { tally.findings.append(finding(text.number, fault, text.what)) }
    for (failed, thrown) in ended.done where failed > 0 {
      tally.injections += 1
      tally.failedCalls += failed
      tally.thrown += thrown
    }
    let number = ended.number ?? fault.number
    switch ended.status {
    case 0: return nil
    case 74 where fault.kind == .sync:
      tally.injections += 1
      tally.failedCalls += 1
      tally.ended += 1
      if let found = try afterEnd(in: ended.folder, ended.reached) {
        tally.findings.append(finding(number, fault, "after the process ended: \(found)"))
      }
      return number + stride
    default:
      let said = ended.errors.prefix(400)
      tally.findings.append(finding(number, fault, "ended with \(ended.status): \(said)"))
      // What fails before the first fault, or again and again, says nothing new.
      let goesOn = ended.number != nil && tally.findings.count < Self.findingsMax
      return goesOn ? number + stride : nil
    }
  }

  private func arguments(_ fault: Fault, _ number: UInt64) -> [String] {
    [
      "--work", scenario.name, fault.kind.rawValue, fault.duration.rawValue, "\(number)", "\(seed)",
      "\(stride)", "\(isControl)",
    ]
  }

  private func afterEnd(in folder: String, _ reached: Int) throws -> String? {
    let kept = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + Base.expected))
    let expected = try JSONDecoder().decode(ExpectedHeads.self, from: kept)
    return Aftermath(scenario, expected, reached: reached, threw: false).finding(
      in: folder, surroundings: .system)
  }

  private func finding(_ number: UInt64, _ fault: Fault, _ what: String) -> String {
    let words = arguments(fault, number).map { $0.contains(" ") ? "\"\($0)\"" : $0 }
    return "\(what)\n  replay: \(words.joined(separator: " "))"
  }
}
