import LedgerCore
import TestSupport
import Testing

@Suite struct IntegerHistogramTests {
  @Test func `pairs are sorted and added up, and zeros fall out`() {
    let histogram = IntegerHistogram([(5, 1), (2, 3), (5, 2), (3, 0)])
    #expect(histogram.bins.map(\.value) == [2, 5])
    #expect(histogram.bins.map(\.count) == [3, 3])
    #expect(histogram.count == 6)
    #expect(histogram == IntegerHistogram(values: [5, 2, 5, 2, 2, 5]))
  }

  @Test func `nothing has no mean, no median, no percentile and no interval`() {
    let nothing = IntegerHistogram([])
    #expect(nothing.mean == nil)
    #expect(nothing.variance == nil)
    #expect(nothing.median == nil)
    #expect(nothing.percentile(90) == nil)
    #expect(nothing.meanInterval() == nil)
    #expect(nothing.medianInterval() == nil)
    #expect(nothing.meanChange(to: nothing) == nil)
  }

  @Test func `one value has a mean and a median but no interval`() {
    let one = IntegerHistogram([(7, 1)])
    #expect(one.mean == 7)
    #expect(one.median == 7)
    #expect(one.percentile(90) == 7)
    #expect(one.meanInterval() == nil)
    #expect(one.medianInterval() == nil)
  }

  @Test func `a sum may outgrow sixty-four bits`() {
    #expect(IntegerHistogram([(.max - 1, 2), (.max, 2)]).mean == Double(Int64.max))
  }

  @Test(arguments: UInt64(1)...200)
  func `a histogram agrees with its list of values`(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let size = Int.random(in: 1...60, using: &generator)
    let values = (0..<size).map { _ in Int64.random(in: -9...9, using: &generator) }
    let histogram = IntegerHistogram(values: values)
    let sorted = values.sorted()
    #expect(histogram.mean == Double(values.reduce(0, +)) / Double(size))
    #expect(histogram.median == Double(sorted[(size - 1) / 2] + sorted[size / 2]) / 2)
    for percent in Int64(1)...100 {
      let percentile = try #require(histogram.percentile(percent))
      let reached = values.count { $0 <= percentile }
      let below = values.count { $0 < percentile }
      #expect(reached * 100 >= Int(percent) * size)
      #expect(below * 100 < Int(percent) * size)
    }
  }
}
