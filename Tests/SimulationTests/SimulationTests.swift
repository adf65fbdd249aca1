import LedgerSimulation
import Testing

/// Companies of real ledgers over wires, machines, clocks and people that fail, seed by seed.
@Suite struct `Simulation` {
  /// 500 seeds: short lives, in which few have met, and long ones, in which everybody has been through something. A
  /// failing seed is named with the command that replays it.
  @Test func `every seed comes right, and every fault has an effect`() {
    var faults = FaultCounts()
    for run in [
      SeedRun(seeds: 1...486, steps: 16, threads: 2),
      SeedRun(seeds: 487...500, steps: 1_000, threads: 2),
    ] {
      let summary = run.run()
      for outcome in summary.failures.prefix(3) {
        let violation = outcome.violation.map(\.description) ?? ""
        Issue.record(
          """
          seed \(outcome.seed): \(violation)
          replay: Tools/simulate --seed \(outcome.seed) --steps-per-seed \(run.steps) --trace
          \(outcome.trace.excerpt(about: outcome.violation?.machines ?? []))
          """)
      }
      #expect(summary.seeds == run.seeds.count)
      faults.add(summary.faults)
    }
    #expect(faults.idle == [])
  }

  @Test(arguments: [3, 8, 21] as [UInt64])
  func `a seed replays exactly`(seed: UInt64) {
    let run = SeedRun(seeds: seed...seed, steps: 200, threads: 1)
    let first = run.outcome(of: seed)
    let second = run.outcome(of: seed)
    #expect(first.trace.text == second.trace.text)
    #expect(first.trace.digest == second.trace.digest)
    #expect(first.trace.lines.count > 30)
  }

  @Test func `other seeds do other things`() {
    let run = SeedRun(seeds: 1...2, steps: 80, threads: 1)
    #expect(run.outcome(of: 1).trace.digest != run.outcome(of: 2).trace.digest)
  }
}
