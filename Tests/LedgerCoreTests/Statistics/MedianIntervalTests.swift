import LedgerCore
import Testing

@Suite struct MedianIntervalTests {
  /// Expected ranks: the binomial distribution of another statistics package.
  @Test(
    arguments: [
      (6, 1), (7, 1), (10, 2), (20, 6), (50, 18), (100, 40), (1_000, 469),
      // The normal approximation, at points where it equals the exact rank.
      (1_008, 473), (20_000, 9_861),
    ] as [(Int64, Int64)])
  func `the ends are the values at the binomial ranks`(count: Int64, rank: Int64) throws {
    let interval = try #require(Self.upTo(count).medianInterval())
    #expect(interval.value == Double(count + 1) / 2)
    #expect(interval.low == Double(rank))
    #expect(interval.high == Double(count + 1 - rank))
  }

  @Test func `fewer than six values cannot reach ninety-five per cent`() {
    #expect(Self.upTo(5).medianInterval() == nil)
    #expect(Self.upTo(5).medianInterval(.percent90) != nil)
  }

  @Test func `the exact ranks and the approximate ones meet`() throws {
    let exact = try #require(Self.upTo(1_000).medianInterval())
    let approximate = try #require(Self.upTo(1_001).medianInterval())
    #expect(approximate.low - exact.low <= 1)
    #expect(approximate.low >= exact.low)
  }

  @Test func `waiting times have an exact median and a nearest-rank percentile`() {
    let minutes = IntegerHistogram(values: [3_890, 50, 5, 15, 20, 30, 40, 60, 70, 10])
    #expect(minutes.median == 35)
    #expect(minutes.percentile(90) == 70)
    #expect(minutes.percentile(91) == 3_890)
  }

  /// Each of 1...count once.
  private static func upTo(_ count: Int64) -> IntegerHistogram {
    IntegerHistogram(values: 1...count)
  }
}
