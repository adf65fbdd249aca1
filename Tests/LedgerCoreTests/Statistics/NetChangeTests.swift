import LedgerCore
import TestSupport
import Testing

@Suite struct NetChangeTests {
  @Test func `a fall of twenty points over a hundred responses each is not significant`() throws {
    let before = NetCounts(detractors: 10, passives: 30, promoters: 60)
    let after = NetCounts(detractors: 20, passives: 30, promoters: 50)
    let test = try #require(before.change(to: after))
    #expect(test.observed == -20)
    #expect(isClose(test.estimate, -19.417, -39.374...0.539, within: 5e-4))
    #expect(isClose(test.standardError, 10.182, within: 5e-4))
    #expect(isClose(test.statistic, -1.907, within: 5e-4))
    #expect(isClose(test.probability, 0.0565, within: 5e-5))
    #expect(test.degreesOfFreedom == nil)
  }

  @Test(arguments: UInt64(1)...200)
  func `the way back is the same test with the other sign`(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let one = NetCounts.random(upTo: 30, using: &generator)
    let other = NetCounts.random(upTo: 30, using: &generator)
    guard one.count > 0, other.count > 0 else { return }
    let there = try #require(one.change(to: other))
    let back = try #require(other.change(to: one))
    #expect(there.observed == -back.observed)
    #expect(isClose(there.estimate.low, -back.estimate.high))
    #expect(isClose(there.probability, back.probability))
    #expect((0...1).contains(there.probability))
    #expect(-200 <= there.estimate.low && there.estimate.high <= 200)
  }

  @Test func `a test agrees with its interval`() throws {
    let before = NetCounts(detractors: 10, passives: 30, promoters: 60)
    for detractors in Int64(10)...40 {
      let after = NetCounts(detractors: detractors, passives: 30, promoters: 70 - detractors)
      let test = try #require(before.change(to: after))
      let excludesZero = test.estimate.low > 0 || test.estimate.high < 0
      #expect(excludesZero == (test.probability < 0.05))
    }
  }
}
