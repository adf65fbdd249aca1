import LedgerCore
import TestSupport
import Testing

/// Expected values: another statistics package.
@Suite struct MeanIntervalTests {
  static let ease = IntegerHistogram(values: [1, 1, 2, 2, 3, 4, 5, 6, 7, 7].map { 8 - $0 })
  static let earlier = IntegerHistogram(values: [2, 3, 3, 4, 5, 5, 5])
  static let later = IntegerHistogram(values: [1, 2, 2, 3, 5])

  @Test func `mean ease has a t interval on nine degrees of freedom`() {
    #expect(isClose(Self.ease.meanInterval(), 4.2, 2.5206455954...5.8793544046, within: 1e-9))
  }

  @Test func `effort mirrors ease around the middle of the scale`() throws {
    let ease = try #require(Self.ease.meanInterval())
    let effort = LinearRescale(reversing: 1...7)(ease)
    #expect(isClose(effort, 3.8, 2.1206455954...5.4793544046, within: 1e-9))
  }

  @Test func `a mean of one to five has a t interval`() {
    #expect(
      isClose(
        Self.earlier.meanInterval(), 3.857142857143, 2.733468412601...4.980817301685, within: 1e-9))
  }

  @Test func `equal values have a point for an interval`() {
    #expect(IntegerHistogram([(4, 10)]).meanInterval() == ValueInterval(value: 4, low: 4, high: 4))
  }

  @Test func `Welch's test compares two means`() throws {
    let test = try #require(Self.earlier.meanChange(to: Self.later))
    #expect(
      isClose(
        test.estimate, -1.257142857143, -3.169872422727...0.655586708441, within: 1e-9))
    #expect(test.observed == test.estimate.value)
    #expect(isClose(test.standardError, 0.819075304073))
    #expect(isClose(test.statistic, -1.534831841366))
    #expect(isClose(test.degreesOfFreedom, 7.462620276086))
    #expect(isClose(test.probability, 0.166063355356))
  }

  @Test func `means without spread or with one value cannot be compared`() {
    let constant = IntegerHistogram([(4, 10)])
    #expect(constant.meanChange(to: constant) == nil)
    #expect(constant.meanChange(to: IntegerHistogram([(5, 1)])) == nil)
    #expect(constant.meanChange(to: Self.later) != nil)
  }

  @Test(arguments: UInt64(1)...100)
  func `a mean interval contains the mean and lengthens with the confidence`(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let size = Int.random(in: 2...40, using: &generator)
    let values = (0..<size).map { _ in Int64.random(in: 0...10, using: &generator) }
    let histogram = IntegerHistogram(values: values)
    let short = try #require(histogram.meanInterval(.percent90))
    let long = try #require(histogram.meanInterval(.percent99))
    #expect(short.value == histogram.mean)
    #expect(long.low <= short.low && short.high <= long.high)
  }
}
