import Dispatch
import Synchronization

/// Many seeds on several cores.
package struct SeedRun: Sendable {
  package var seeds: ClosedRange<UInt64>
  package var steps: Int
  package var threads: Int
  /// Every so many seeds what costs a replay is checked too.
  package var checksAllEvery: UInt64 = 4

  package init(seeds: ClosedRange<UInt64>, steps: Int, threads: Int) {
    self.seeds = seeds
    self.steps = steps
    self.threads = threads
  }

  /// What all seeds came to.
  package struct Summary: Sendable {
    package var seeds = 0
    package var steps = 0
    package var acknowledged = 0
    package var lost = 0
    package var faults = FaultCounts()
    /// Of the seeds that failed, ascending.
    package var failures: [SeedOutcome] = []

    mutating func add(_ outcome: SeedOutcome) {
      seeds += 1
      steps += outcome.steps
      acknowledged += outcome.acknowledged
      lost += outcome.lost
      faults.add(outcome.faults)
      if outcome.violation != nil {
        failures.append(outcome)
        failures.sort { $0.seed < $1.seed }
      }
    }
  }

  package func outcome(of seed: UInt64) -> SeedOutcome {
    Simulation.run(
      seed: seed, steps: steps, checksAll: seed.isMultiple(of: checksAllEvery))
  }

  /// Seeds are taken in order; no new one is begun after `stop` says so.
  ///
  /// `progress`: called after each seed with the sum so far, by one thread at a time.
  package func run(
    stop: @escaping @Sendable (Summary) -> Bool = { _ in false },
    progress: @escaping @Sendable (Summary, SeedOutcome) -> Void = { _, _ in }
  ) -> Summary {
    let shared = Mutex((next: Optional(seeds.lowerBound), summary: Summary()))
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      while let seed = shared.withLock({ take(&$0.next, stop($0.summary)) }) {
        let outcome = outcome(of: seed)
        shared.withLock {
          $0.summary.add(outcome)
          progress($0.summary, outcome)
        }
      }
    }
    return shared.withLock { $0.summary }
  }

  private func take(_ next: inout UInt64?, _ isOver: Bool) -> UInt64? {
    guard let seed = next, !isOver else { return nil }
    next = seed < seeds.upperBound ? seed + 1 : nil
    return seed
  }
}
