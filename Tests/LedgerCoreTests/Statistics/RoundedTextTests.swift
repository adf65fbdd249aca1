import LedgerCore
import TestSupport
import Testing

@Suite struct RoundedTextTests {
  @Test(arguments: [
    (62.5, 0, "63"), (-62.5, 0, "-63"), (0.5, 0, "1"), (-0.5, 0, "-1"), (0.4, 0, "0"),
    (-0.4, 0, "0"), (-0.0, 1, "0.0"), (33.333333333333336, 1, "33.3"), (50, 1, "50.0"),
    (99.96, 1, "100.0"), (9.5, 0, "10"), (0.05, 1, "0.1"), (0.04, 1, "0.0"), (1.005, 2, "1.01"),
    (2.675, 2, "2.68"), (1e-05, 4, "0.0000"), (5e-05, 4, "0.0001"), (1e-20, 2, "0.00"),
    (2.5e+20, 1, "250000000000000000000.0"), (1_166.6666666666667, 2, "1166.67"),
    (0.0565193, 4, "0.0565"), (-19.41747572815534, 3, "-19.417"), (100, 0, "100"), (0, 0, "0"),
  ])
  func `a half goes away from nought`(value: Double, decimals: Int, expected: String) {
    #expect(value.roundedText(decimals: decimals) == expected)
  }

  /// The oracle rounds a ratio of integers exactly.
  @Test(arguments: UInt64(1)...200)
  func `a ratio is rounded as if it were exact`(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let count = Int64.random(in: 1...400, using: &generator)
    let sum = Int64.random(in: -count...count, using: &generator)
    let tenths = (2_000 * abs(sum) + count) / (2 * count)
    let sign = sum < 0 && tenths > 0 ? "-" : ""
    let score = ScoreTotal(sum: sum, count: count).mean(pointsPerUnit: 100)
    #expect(score?.roundedText(decimals: 1) == "\(sign)\(tenths / 10).\(tenths % 10)")
  }
}
