import Foundation
import LedgerSimulation
import Synchronization

/// Runs many seeds of the simulator; `Tools/simulate` builds and runs it. Ends with 0 only when no checker found
/// anything, and, over more than a handful of seeds, every fault had an effect.
@main
enum ScorebookSimulator {
  static func main() {
    guard let arguments = Arguments(Array(CommandLine.arguments.dropFirst())) else {
      print(Arguments.usage)
      exit(2)
    }
    let start = ContinuousClock.now
    let run = SeedRun(
      seeds: arguments.seeds, steps: arguments.steps, threads: arguments.threads)
    let printed = Mutex(Duration.zero)
    let summary = run.run { summary in
      let isOver = arguments.minutes.map { ContinuousClock.now - start > .seconds($0 * 60) }
      return isOver == true || summary.failures.count >= failuresMax
    } progress: { summary, outcome in
      if arguments.showsTrace {
        print("seed \(outcome.seed)\n\(outcome.trace.text)", terminator: "")
      }
      if outcome.violation != nil { report(outcome, arguments) }
      let passed = ContinuousClock.now - start
      let isDue = printed.withLock { last in
        guard passed - last > .seconds(5) else { return false }
        last = passed
        return true
      }
      if isDue { say("\(summary.seeds) seeds, \(summary.steps) steps, \(rate(summary, passed))") }
    }
    let passed = ContinuousClock.now - start
    print(ReportTable(summary, seconds: seconds(passed)).text)
    exit(isGood(summary, arguments) ? 0 : 1)
  }

  /// After so many failing seeds a run ends: they are likely to say the same.
  private static let failuresMax = 5
  /// In fewer seeds than these a fault may rightly never have an effect.
  private static let seedsForEveryFault = 200

  private static func isGood(_ summary: SeedRun.Summary, _ arguments: Arguments) -> Bool {
    guard summary.failures.isEmpty else {
      say("\(summary.failures.count) seeds FAILED")
      return false
    }
    let idle = summary.faults.idle
    guard summary.seeds >= seedsForEveryFault, !idle.isEmpty else { return true }
    say("FAILED: never had an effect: " + idle.map(\.rawValue).joined(separator: ", "))
    return false
  }

  private static func report(_ outcome: SeedOutcome, _ arguments: Arguments) {
    guard let violation = outcome.violation else { return }
    print("seed \(outcome.seed) FAILED: \(violation)")
    print("replay: \(arguments.replay(of: outcome.seed))")
    if !arguments.showsTrace { print(outcome.trace.excerpt(about: violation.machines)) }
  }

  private static func say(_ text: String) {
    FileHandle.standardError.write(Data("simulate: \(text)\n".utf8))
  }

  private static func rate(_ summary: SeedRun.Summary, _ passed: Duration) -> String {
    "\(Int(Double(summary.steps) / max(seconds(passed), 0.001))) steps/s"
  }

  private static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
  }
}
