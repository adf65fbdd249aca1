import LedgerCore
import TestSupport
import Testing

@Suite struct SatisfactionIndexTests {
  typealias WeightedTotal = SatisfactionIndex.WeightedTotal

  static let attributes = [
    ScoreTotal(sum: 650, count: 10), ScoreTotal(sum: 1_000, count: 20),
    ScoreTotal(sum: 60, count: 1),
  ]

  @Test func `attributes weigh the same whatever their counts`() {
    #expect(isClose(SatisfactionIndex.meanOfAttributes(Self.attributes), 58.33, within: 5e-3))
  }

  @Test func `weights may be shares or anything in proportion`() {
    for factor in [1.0, 10] {
      let weighted = zip(Self.attributes, [0.5, 0.3, 0.2]).map {
        WeightedTotal(total: $0, weight: $1 * factor)
      }
      #expect(isClose(SatisfactionIndex.weightedMean(weighted), 59.5))
    }
  }

  @Test func `a pooled mean weighs attributes by their counts`() {
    #expect(isClose(SatisfactionIndex.pooledMean(Self.attributes), 1_710.0 / 31))
  }

  @Test func `the mean of respondents weighs people the same`() {
    let respondents = [
      ScoreTotal(sum: 10, count: 1), ScoreTotal(sum: 6, count: 3), ScoreTotal(sum: 0, count: 0),
    ]
    #expect(SatisfactionIndex.meanOfRespondents(respondents) == 6)
    #expect(SatisfactionIndex.pooledMean(respondents) == 4)
  }

  @Test(arguments: [([1, 1, 1], 66.67), ([0.3885, 0.3190, 0.2925], 67.73)])
  func `the American index is that of the specification`(weights: [Double], expected: Double) {
    let totals = [8, 7, 6].map { ScoreTotal(sum: $0 * 10, count: 10) }
    let weighted = zip(totals, weights).map { WeightedTotal(total: $0, weight: $1) }
    #expect(isClose(SatisfactionIndex.acsi(weighted), expected, within: 5e-3))
  }

  @Test func `one attribute with too few scores leaves no index`() {
    #expect(SatisfactionIndex.meanOfAttributes(Self.attributes, countMin: 2) == nil)
    #expect(SatisfactionIndex.meanOfAttributes(Self.attributes + [.zero], countMin: 0) == nil)
    #expect(SatisfactionIndex.meanOfAttributes([]) == nil)
    #expect(SatisfactionIndex.pooledMean([]) == nil)
    #expect(SatisfactionIndex.meanOfRespondents([]) == nil)
    #expect(SatisfactionIndex.meanOfRespondents([.zero]) == nil)
  }

  @Test func `weights that are negative or all nothing leave no index`() {
    let total = ScoreTotal(sum: 1, count: 1)
    #expect(SatisfactionIndex.weightedMean([WeightedTotal(total: total, weight: 0)]) == nil)
    #expect(SatisfactionIndex.weightedMean([WeightedTotal(total: total, weight: -1)]) == nil)
    #expect(SatisfactionIndex.weightedMean([WeightedTotal(total: total, weight: .nan)]) == nil)
  }

  @Test(arguments: UInt64(1)...100)
  func `the order of the respondents does not change a bit`(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let respondents = (0..<30).map { _ in
      ScoreTotal(
        sum: .random(in: 0...70, using: &generator), count: .random(in: 0...7, using: &generator))
    }
    let shuffled = respondents.shuffled(using: &generator)
    #expect(
      SatisfactionIndex.meanOfRespondents(respondents)
        == SatisfactionIndex.meanOfRespondents(shuffled))
  }
}
