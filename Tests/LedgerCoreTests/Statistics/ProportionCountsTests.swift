import LedgerCore
import TestSupport
import Testing

@Suite struct ProportionCountsTests {
  @Test(
    arguments: [
      (84, 100, 84, 75.580, 89.905), (8, 10, 80, 49.016, 94.332), (5, 5, 100, 56.552, 100),
      (0, 5, 0, 0, 43.448),
    ] as [(Int64, Int64, Double, Double, Double)])
  func `Wilson intervals are those of the specification`(
    successes: Int64, count: Int64, percent: Double, low: Double, high: Double
  ) {
    let interval = ProportionCounts(successes: successes, of: count).wilson()
    #expect(isClose(interval, percent, low...high))
  }

  @Test func `half of the effort answers are in the top three`() {
    let ease: [Int64] = [1, 1, 2, 2, 3, 4, 5, 6, 7, 7].map { 8 - $0 }
    let top = ProportionCounts(successes: Int64(ease.count { $0 >= 5 }), of: Int64(ease.count))
    #expect(top.percent == 50)
  }

  @Test func `a response rate counts the answers to what was delivered`() {
    #expect(isClose(ProportionCounts(successes: 1, of: 3).percent, 33, within: 0.5))
  }

  @Test func `a fall of eight points over a hundred each may be none`() {
    let change = ProportionCounts(successes: 84, of: 100)
      .change(to: ProportionCounts(successes: 76, of: 100))
    #expect(isClose(change, -8, -18.959...3.150))
  }

  @Test func `nothing has no proportion, no interval and no change`() {
    let nothing = ProportionCounts(successes: 0, of: 0)
    let something = ProportionCounts(successes: 1, of: 2)
    #expect(nothing.percent == nil)
    #expect(nothing.wilson() == nil)
    #expect(nothing.change(to: something) == nil)
    #expect(something.change(to: nothing) == nil)
  }

  @Test(arguments: UInt64(1)...200)
  func `intervals contain their values and stay in the domain`(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let one = Self.random(using: &generator)
    let other = Self.random(using: &generator)
    let interval = try #require(one.wilson())
    #expect(0 <= interval.low && interval.high <= 100)
    #expect(interval.low <= interval.value && interval.value <= interval.high)
    let change = try #require(one.change(to: other))
    #expect(-100 <= change.low && change.high <= 100)
    #expect(change.low <= change.value && change.value <= change.high)
  }

  @Test(arguments: UInt64(1)...100)
  func `successes and failures mirror each other`(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let one = Self.random(using: &generator)
    let interval = try #require(one.wilson())
    let mirror = try #require(
      ProportionCounts(successes: one.count - one.successes, of: one.count).wilson())
    #expect(isClose(100 - mirror.high, interval.low))
    #expect(isClose(100 - mirror.low, interval.high))
  }

  private static func random(using generator: inout SplitMix64) -> ProportionCounts {
    let count = Int64.random(in: 1...60, using: &generator)
    return ProportionCounts(successes: .random(in: 0...count, using: &generator), of: count)
  }
}
