import LedgerCore
import TestSupport
import Testing

@Suite struct NetIntervalTests {
  struct Example: Sendable {
    let counts: NetCounts
    let score: Double
    let wald: ClosedRange<Double>
    let adjusted: ClosedRange<Double>

    init(
      _ classes: [Int64], _ score: Double, wald: ClosedRange<Double>,
      adjusted: ClosedRange<Double>
    ) {
      counts = NetCounts(detractors: classes[0], passives: classes[1], promoters: classes[2])
      self.score = score
      self.wald = wald
      self.adjusted = adjusted
    }
  }

  static let examples = [
    Example([10, 30, 60], 50, wald: 36.852...63.148, adjusted: 35.467...61.621),
    Example([1, 2, 7], 60, wald: 18.887...100, adjusted: 7.039...85.268),
    Example([3, 4, 3], 0, wald: -48.009...48.009, adjusted: -41.289...41.289),
    Example([0, 0, 5], 100, wald: 100...100, adjusted: 17.491...100),
    Example([5, 0, 0], -100, wald: -100 ... -100, adjusted: -100 ... -17.491),
  ]

  @Test(arguments: examples)
  func `the intervals are those of the specification`(example: Example) {
    #expect(isClose(example.counts.wald(), example.score, example.wald))
    #expect(isClose(example.counts.adjustedWald(), example.score, example.adjusted))
  }

  @Test(arguments: UInt64(1)...200)
  func `an interval contains its value and stays in the domain`(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let counts = NetCounts.random(upTo: Int64(seed % 50), using: &generator)
    for confidence in [Confidence.percent90, .percent95, .percent99] {
      guard let score = counts.score else { continue }
      for interval in [counts.wald(confidence), counts.adjustedWald(confidence)] {
        let interval = try #require(interval)
        #expect(interval.value == score)
        #expect(-100 <= interval.low && interval.high <= 100)
        #expect(interval.low <= score && score <= interval.high)
      }
    }
  }

  @Test func `over a single response the adjusted interval reaches its value`() throws {
    let one = try #require(NetCounts(detractors: 0, passives: 0, promoters: 1).adjustedWald())
    #expect(one.value == 100)
    #expect(one.high == 100)
  }

  @Test func `a higher confidence gives a longer interval`() throws {
    let counts = NetCounts(detractors: 10, passives: 30, promoters: 60)
    let short = try #require(counts.adjustedWald(.percent90))
    let long = try #require(counts.adjustedWald(.percent99))
    #expect(long.low < short.low && short.high < long.high)
  }

  /// Expected values: enumeration of all outcomes in another language.
  @Test(arguments: [(5, 0.839750, 0.943180), (10, 0.896243, 0.962474), (20, 0.926246, 0.947769)])
  func `the adjusted interval covers the truth where the plain one does not`(
    count: Int64, plain: Double, adjusted: Double
  ) {
    #expect(isClose(coverage(count) { $0.wald() }, plain, within: 1e-6))
    #expect(isClose(coverage(count) { $0.adjustedWald() }, adjusted, within: 1e-6))
  }

  /// The exact probability that the interval covers 30, when 20, 30 and 50 % of all customers are
  /// detractors, passives and promoters.
  private func coverage(_ count: Int64, by interval: (NetCounts) -> ValueInterval?) -> Double {
    var covered = 0.0
    for detractors in 0...count {
      for promoters in 0...(count - detractors) {
        let passives = count - detractors - promoters
        let counts = NetCounts(detractors: detractors, passives: passives, promoters: promoters)
        guard let ends = interval(counts), ends.low <= 30, 30 <= ends.high else { continue }
        covered += probability(of: counts)
      }
    }
    return covered
  }

  private func probability(of counts: NetCounts) -> Double {
    var probability = 1.0
    var drawn = 0.0
    let classes = [(counts.detractors, 0.2), (counts.passives, 0.3), (counts.promoters, 0.5)]
    for (times, share) in classes {
      for time in 0..<times {
        drawn += 1
        probability *= share * drawn / Double(time + 1)
      }
    }
    return probability
  }
}
