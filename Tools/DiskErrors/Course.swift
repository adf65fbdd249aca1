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

  private static let findingsMax = 5

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

  /// - Returns: the fault to go on with, where the process was ended by one.
  private func runProcess(_ fault: inout Fault, _ tally: inout Tally) throws -> UInt64? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = [
      "--work", scenario.name, fault.kind.rawValue, fault.duration.rawValue, "\(fault.number)",
      "\(seed)", "\(stride)", "\(isControl)",
    ]
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    var (folder, number, reached, hasBegun) = ("", fault.number, 0, false)
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 1).map(String.init)
      switch words[0] {
      case "folder": folder = words[1]
      case "begin": (number, reached, hasBegun) = (UInt64(words[1]) ?? 0, 0, true)
      case "step": reached = Int(words[1]) ?? 0
      case "found": tally.findings.append(finding(number, fault, words[1]))
      case "done": note(words[1], &tally)
      default: break  // Nothing that a worker says.
      }
    }
    defer { if !folder.isEmpty { try? FileManager.default.removeItem(atPath: folder) } }
    switch process.terminationStatus {
    case 0: return nil
    case 74 where fault.kind == .sync && process.terminationReason == .exit:
      tally.injections += 1
      tally.failedCalls += 1
      tally.ended += 1
      if let found = try afterEnd(in: folder, reached) {
        tally.findings.append(finding(number, fault, "after the process ended: \(found)"))
      }
      return number + stride
    default:
      tally.findings.append(
        finding(number, fault, "ended with \(process.terminationStatus): \(said.prefix(400))"))
      // What fails before the first fault, or again and again, says nothing new.
      return hasBegun && tally.findings.count < Self.findingsMax ? number + stride : nil
    }
  }

  private func note(_ words: String, _ tally: inout Tally) {
    let numbers = words.split(separator: " ").compactMap { UInt64($0) }
    guard numbers.count == 2, numbers[0] > 0 else { return }
    tally.injections += 1
    tally.failedCalls += numbers[0]
    tally.thrown += Int(numbers[1])
  }

  private func afterEnd(in folder: String, _ reached: Int) throws -> String? {
    let kept = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + Base.expected))
    let expected = try JSONDecoder().decode(ExpectedHeads.self, from: kept)
    return Aftermath.finding(in: folder, expected.steps[reached], surroundings: .system)
  }

  private func finding(_ number: UInt64, _ fault: Fault, _ what: String) -> String {
    """
    \(what)
      replay: --work "\(scenario.name)" \(fault.kind.rawValue) \(fault.duration.rawValue) \(number) \(seed) \(stride) \(isControl)
    """
  }
}
