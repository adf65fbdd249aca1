import LedgerCore
import TestSupport
import Testing

@Suite struct AnswerReadOutTests {
  @Test(
    arguments: [
      (84, 100, 84, 75.580...89.905), (8, 10, 80, 49.016...94.332), (5, 5, 100, 56.552...100),
      (0, 5, 0, 0...43.448),
    ] as [(Int64, Int64, Double, ClosedRange<Double>)])
  func `satisfied customers are those of the specification`(
    top: Int64, count: Int64, value: Double, ends: ClosedRange<Double>
  ) throws {
    let csat = try score("csat.top2", MeasureCounts(answersOn: .csat, [4: top, 3: count - top]))
    #expect(isClose(csat, value, ends))
    #expect(csat.n == count)
    #expect(csat[count: "top"] == top)
    #expect(csat[count: "n"] == count)
  }

  @Test func `a three of five is not satisfied, a four is`() throws {
    let counts = MeasureCounts(answersOn: .csat, [1: 1, 2: 1, 3: 1, 4: 1, 5: 1])
    #expect(try score("csat.top2", counts).value == 40)
    #expect(try score("csat.mean", counts).value == 3)
  }

  @Test func `a mean has Student's interval`() throws {
    let mean = try score(
      "csat.mean", MeasureCounts(answersOn: .csat, [1: 1, 2: 1, 3: 1, 4: 1, 5: 1]))
    let expected = try #require(IntegerHistogram(values: [1, 2, 3, 4, 5]).meanInterval())
    #expect(mean.low == expected.low)
    #expect(mean.high == expected.high)
    #expect(mean.counts.map(\.value) == [15, 5])
    #expect(mean.counts.map(\.name) == ["sum", "n"])
  }

  @Test func `one answer has a mean and no interval`() throws {
    let mean = try score("nps.mean", MeasureCounts(answersOn: .nps, [8: 1]))
    #expect(mean.value == 8)
    #expect(mean.low == nil)
    #expect(mean.high == nil)
    #expect(mean.lowText() == "")
  }

  @Test(arguments: ["csat.top2", "csat.mean"])
  func `satisfaction on another scale is counted beside the score`(id: String) throws {
    let seven = try #require(AnswerScale(.csat, values: 1...7))
    let csat = try score(
      id, MeasureCounts(answersOn: .csat, [5: 2]) + MeasureCounts(answersOn: seven, [1: 3]))
    #expect(csat.n == 2)
    #expect(csat.notes == [.answersOnOtherScales(3)])
  }

  @Test func `only answers on other scales have no score`() throws {
    let seven = try #require(AnswerScale(.csat, values: 1...7))
    let csat = try score("csat.mean", MeasureCounts(answersOn: seven, [1: 3]))
    #expect(csat.value == nil)
    #expect(csat.n == 0)
    #expect(csat.notes == [.answersOnOtherScales(3)])
  }
}

@Suite struct EffortReadOutTests {
  /// 1 is very easy in 1, 1, 2, 2, 3, 4, 5, 6, 7, 7; the counters hold the ease.
  static let counts = [1, 1, 2, 2, 3, 4, 5, 6, 7, 7]
    .map { MeasureCounts(answersOn: .ces, [8 - $0: 1]) }.reduce(MeasureCounts(), +)

  @Test(
    arguments: [("ces.mean", 4.2), ("ces.top3", 50), ("ces.net", 10), ("ces.netDifficulty", -10)])
  func `effort is that of the specification`(id: String, value: Double) throws {
    let ces = try score(id, Self.counts)
    #expect(ces.value == value)
    #expect(ces.n == 10)
  }

  @Test func `strict buckets bring the net ease to nothing, which is not empty`() throws {
    let strict = try #require(NetBuckets(.ces, lowMax: 3, highMin: 6))
    let definition = try #require(
      MetricDefinition(
        id: "ces.netStrict", title: "Net ease, strict",
        readOut: .effortNet(strict, .easeLessDifficulty)))
    let ces = ScoreReadOut.score(definition, of: Self.counts, vocabulary: Vocabulary())
    #expect(ces.value == 0)
    #expect(ces.counts.map(\.value) == [4, 2, 4])
  }

  @Test(arguments: UInt64(1)...100)
  func `difficulty is the negation of ease`(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    var counts = MeasureCounts()
    for value in Int32(1)...7 {
      counts =
        counts + MeasureCounts(answersOn: .ces, [value: .random(in: 0...20, using: &generator)])
    }
    let ease = try score("ces.net", counts)
    let difficulty = try score("ces.netDifficulty", counts)
    let value = try #require(ease.value)
    let low = try #require(ease.low)
    let high = try #require(ease.high)
    #expect(isClose(difficulty, -value, -high ... -low, within: 1e-9))
    #expect(difficulty.counts == ease.counts)
  }
}
