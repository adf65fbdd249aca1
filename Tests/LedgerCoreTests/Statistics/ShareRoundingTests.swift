import LedgerCore
import TestSupport
import Testing

@Suite struct ShareRoundingTests {
  @Test(
    arguments: [
      ([1, 1, 1], [34, 33, 33]), ([2, 2, 5], [22, 22, 56]), ([10, 30, 60], [10, 30, 60]),
      ([0, 0, 5], [0, 0, 100]), ([1, 2, 3], [17, 33, 50]),
      ([1, 1, 1, 1, 1, 1], [17, 17, 17, 17, 16, 16]),
    ] as [([Int64], [Int64])])
  func `whole shares go to the largest remainders`(counts: [Int64], shares: [Int64]) {
    #expect(ShareRounding.largestRemainder(counts) == shares)
  }

  @Test func `nothing has no shares`() {
    #expect(ShareRounding.largestRemainder([]) == nil)
    #expect(ShareRounding.largestRemainder([0, 0]) == nil)
  }

  @Test(arguments: UInt64(1)...200)
  func `shares add up to the whole and are less than one from the truth`(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let size = Int.random(in: 1...8, using: &generator)
    let most: Int64 = seed.isMultiple(of: 2) ? 50 : .max / 8
    let counts = (0..<size).map { _ in Int64.random(in: 1...most, using: &generator) }
    let shares = try #require(ShareRounding.largestRemainder(counts))
    let total = Double(counts.reduce(0, +))
    #expect(shares.reduce(0, +) == 100)
    for (count, share) in zip(counts, shares) {
      #expect(abs(Double(share) - 100 * Double(count) / total) < 1)
    }
  }
}
