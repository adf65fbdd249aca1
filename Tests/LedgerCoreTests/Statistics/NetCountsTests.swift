import LedgerCore
import TestSupport
import Testing

@Suite struct NetCountsTests {
  @Test(
    arguments: [
      (10, 30, 60, 50), (1, 2, 7, 60), (3, 4, 3, 0), (0, 0, 5, 100), (5, 0, 0, -100),
      // 6 promoters of 8 valid scores; two dismissed surveys are not divided by.
      (1, 1, 6, 62.5),
      // Customers X 9 then 6, Y 10, Z 7: every response, latest per customer, X and Y merged.
      (1, 1, 2, 25), (1, 1, 1, 0), (1, 1, 0, -50),
    ] as [(Int64, Int64, Int64, Double)])
  func `a net score is promoters less detractors per hundred`(
    detractors: Int64, passives: Int64, promoters: Int64, expected: Double
  ) {
    let counts = NetCounts(detractors: detractors, passives: passives, promoters: promoters)
    #expect(counts.score == expected)
  }

  @Test func `rounding comes last, so that no rounded share is subtracted`() throws {
    let score = try #require(NetCounts(detractors: 2, passives: 2, promoters: 5).score)
    #expect(isClose(score, 100.0 / 3))
    #expect(score.roundedText(decimals: 0) == "33")
  }

  @Test func `the variance of one, two, three is five ninths`() throws {
    let counts = NetCounts(detractors: 1, passives: 2, promoters: 3)
    #expect(isClose(counts.score, 100.0 / 3))
    #expect(isClose(counts.variance, 5.0 / 9))
  }

  @Test func `net effort depends on which answers count as easy`() {
    let ease: [Int64] = [1, 1, 2, 2, 3, 4, 5, 6, 7, 7].map { 8 - $0 }
    let wide = Self.counts(of: ease, easyFrom: 5)
    let strict = Self.counts(of: ease, easyFrom: 6)
    #expect(wide.score == 10)
    #expect(wide.reversed.score == -10)
    #expect(strict.score == 0)
  }

  @Test func `nothing has no score, no variance, no interval and no change`() {
    let nothing = NetCounts(detractors: 0, passives: 0, promoters: 0)
    let something = NetCounts(detractors: 1, passives: 2, promoters: 3)
    #expect(nothing.score == nil)
    #expect(nothing.variance == nil)
    #expect(nothing.adjustedWald() == nil)
    #expect(nothing.wald() == nil)
    #expect(nothing.change(to: something) == nil)
    #expect(something.change(to: nothing) == nil)
  }

  @Test(arguments: UInt64(1)...200)
  func `a net score lies between -100 and 100 and turns its sign with its classes`(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let counts = NetCounts.random(upTo: 40, using: &generator)
    guard let score = counts.score else { return }
    #expect((-100...100).contains(score))
    #expect(counts.reversed.score == -score)
    #expect(counts.count == counts.detractors + counts.passives + counts.promoters)
  }

  /// Answers 1 to 3 are difficult.
  private static func counts(of ease: [Int64], easyFrom: Int64) -> NetCounts {
    let difficult = ease.count { $0 <= 3 }
    let easy = ease.count { $0 >= easyFrom }
    return NetCounts(
      detractors: Int64(difficult),
      passives: Int64(ease.count - difficult - easy),
      promoters: Int64(easy))
  }
}
