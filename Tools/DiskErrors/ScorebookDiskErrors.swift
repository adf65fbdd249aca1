import Foundation
import LedgerCore

/// Lets every call that SQLite makes to the disk fail, one after the other, under the real library, and looks each time
/// whether anything acknowledged is lost, anything half done, or the ledger unusable.
@main enum ScorebookDiskErrors {
  static let usage = """
    usage: Tools/disk-errors [--every N] [--seed S] [--scenario NAME] [--control]

    --every N        only every N-th call fails; 1 unless said otherwise
    --seed S         of the ledgers, and of the first call where not every one fails; 1 unless said otherwise
    --scenario NAME  only that one
    --control        takes every step for acknowledged before it is done, which must be found
    """

  static func main() throws {
    var words = CommandLine.arguments.dropFirst()
    if words.first == "--work" { return try work(Array(words.dropFirst())) }
    var (every, seed, only, isControl): (UInt64, UInt64, String?, Bool) = (1, 1, nil, false)
    while let word = words.popFirst() {
      if word == "--control" {
        isControl = true
        continue
      }
      guard let value = words.popFirst() else { return refuse() }
      switch word {
      case "--every": every = UInt64(value) ?? 0
      case "--seed": seed = UInt64(value) ?? 0
      case "--scenario": only = value
      default: return refuse()
      }
    }
    let scenarios = Scenario.all.filter { only == nil || $0.name == only }
    guard every > 0, seed > 0, !scenarios.isEmpty else { return refuse() }
    try run(scenarios, every: every, seed: seed, isControl: isControl)
  }

  private static func refuse() {
    FileHandle.standardError.write(Data((usage + "\n").utf8))
    exit(64)
  }

  /// What the program starts itself with: SCENARIO KIND DURATION FIRST SEED STRIDE CONTROL.
  private static func work(_ words: [String]) throws {
    guard words.count == 7, let scenario = Scenario.all.first(where: { $0.name == words[0] }),
      let kind = Fault.Kind(rawValue: words[1]), let duration = Fault.Duration(rawValue: words[2]),
      let first = UInt64(words[3]), let seed = UInt64(words[4]), let stride = UInt64(words[5])
    else { return refuse() }
    try Fault.install()
    try Worker(scenario, seed: seed, stride: stride, isControl: words[6] == "true").run(
      Fault(kind: kind, duration: duration, number: first))
  }

  private static func run(_ scenarios: [Scenario], every: UInt64, seed: UInt64, isControl: Bool)
    throws
  {
    var (injections, findings) = (0, 0)
    print("| scenario | faults | calls that failed | errors | processes ended | findings |")
    print("|---|---|---|---|---|---|")
    for scenario in scenarios {
      var sum = Course.Tally()
      let course = Course(
        program: CommandLine.arguments[0], scenario: scenario, seed: seed, stride: every,
        isControl: isControl)
      for kind in Fault.Kind.allCases {
        for duration in Fault.Duration.allCases {
          let tally = try course.run(kind, duration, from: seed % every + 1)
          sum.injections += tally.injections
          sum.failedCalls += tally.failedCalls
          sum.thrown += tally.thrown
          sum.ended += tally.ended
          sum.findings += tally.findings
        }
      }
      print(
        "| \(scenario.name) | \(sum.injections) | \(sum.failedCalls) | \(sum.thrown) | \(sum.ended)"
          + " | \(sum.findings.count) |")
      for found in sum.findings.prefix(Course.findingsMax) {
        print("FOUND in \(scenario.name): \(found)")
      }
      fflush(nil)
      injections += sum.injections
      findings += sum.findings.count
    }
    print("\(injections) faults, \(findings) findings")
    exit(findings == 0 ? 0 : 1)
  }
}
