import Foundation
import LedgerSimulation
import Synchronization

/// Runs many seeds of the simulator; `Tools/simulate` builds and runs it. Ends with 0 only when no checker found
/// anything, and, over more than a handful of seeds, every fault had an effect.
@main
enum ScorebookSimulator {
  static func main() {
    let words = Array(CommandLine.arguments.dropFirst())
    if words == ["--help"] {
      print(Arguments.usage)
      exit(0)
    }
    guard let arguments = Arguments(words) else {
      say(Arguments.usage)
      exit(2)
    }
    let start = ContinuousClock.now
    let run = SeedRun(
      seeds: arguments.seeds, steps: arguments.stepsPerSeed, threads: arguments.threads)
    let printed = Mutex(Duration.zero)
    let summary = run.run { summary in
      let isOver = arguments.minutes.map { ContinuousClock.now - start > .seconds($0 * 60) }
      let isEnough = arguments.stepsTotal.map { summary.steps >= $0 }
      return isOver == true || isEnough == true || summary.failures.count >= failuresMax
    } progress: { summary, outcome in
      if arguments.showsTrace {
        print("seed \(outcome.seed)\n\(outcome.trace.text)", terminator: "")
      }
      if outcome.violation != nil { report(outcome, arguments) }
      let passed = ContinuousClock.now - start
      let isDue = printed.withLock { last in
        guard passed - last > .seconds(10) else { return false }
        last = passed
        return true
      }
      if isDue {
        say("\(summary.seeds) seeds, \(summary.steps) steps, \(rate(summary, passed))")
      }
    }
    let passed = ContinuousClock.now - start
    print(ReportTable(summary, seconds: seconds(passed)).text)
    exit(isGood(summary, arguments) ? 0 : 1)
  }

  /// After so many failing seeds a run ends: they are likely to say the same.
  private static let failuresMax = 5
  /// In fewer seeds than these a fault may rightly never have an effect.
  private static let seedsForEveryFault = 200
  /// In a run of ten million steps each fault has an effect a thousand times at least, and in a shorter one as often.
  private static let stepsPerEffectMax = 10_000

  private static func isGood(_ summary: SeedRun.Summary, _ arguments: Arguments) -> Bool {
    guard summary.failures.isEmpty else {
      say("\(summary.failures.count) seeds FAILED")
      return false
    }
    guard summary.seeds >= seedsForEveryFault else { return true }
    let least = max(1, summary.steps / stepsPerEffectMax)
    let rare = Fault.allCases.filter { summary.faults.fired($0) < least }
    guard !rare.isEmpty else { return true }
    say(
      "FAILED: had an effect less than \(least) times: \(rare.map(\.rawValue).joined(separator: ", "))"
    )
    return false
  }

  private static func report(_ outcome: SeedOutcome, _ arguments: Arguments) {
    guard let violation = outcome.violation else { return }
    print("seed \(outcome.seed) FAILED: \(violation)")
    print("replay: \(arguments.replay(of: outcome.seed))")
    if !arguments.showsTrace { print(outcome.trace.excerpt(about: violation.machines)) }
    // A run of hours that is ended by hand has said what it found.
    fflush(nil)
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
