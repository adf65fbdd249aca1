import LedgerCore
import Testing

/// Expected values: 40-digit arithmetic.
@Suite struct NormalDistributionTests {
  @Test(arguments: [
    (0.5, 0.0), (0.8, 0.8416212335729143), (0.9, 1.2815515655446004),
    (0.975, 1.959963984540054), (0.025, -1.959963984540054), (1e-10, -6.361340902404056),
    (1e-300, -37.0470962993612),
  ])
  func `a quantile has about sixteen digits`(probability: Double, expected: Double) {
    #expect(isClose(NormalDistribution.quantile(probability), expected, within: 2e-14))
  }

  @Test func `the far left tail keeps its relative precision`() {
    let probability = NormalDistribution.cumulative(-8)
    #expect(isClose(probability / 6.22096057427178e-16, 1, within: 1e-12))
  }

  @Test func `a quantile undoes the distribution`() {
    for probability in stride(from: 0.001, to: 1, by: 0.001) {
      let deviate = NormalDistribution.quantile(probability)
      #expect(isClose(NormalDistribution.cumulative(deviate), probability, within: 1e-14))
    }
  }

  @Test func `both tails together leave out the confidence`() {
    #expect(isClose(NormalDistribution.bothTails(1.959963984540054), 0.05, within: 1e-14))
    #expect(NormalDistribution.bothTails(0) == 1)
  }
}
