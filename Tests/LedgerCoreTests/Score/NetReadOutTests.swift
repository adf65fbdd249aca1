import LedgerCore
import TestSupport
import Testing

@Suite struct NetReadOutTests {
  @Test(
    arguments: [
      ([10, 30, 60], 50, 35.467...61.621), ([1, 2, 7], 60, 7.039...85.268),
      ([3, 4, 3], 0, -41.289...41.289), ([0, 0, 5], 100, 17.491...100),
      ([5, 0, 0], -100, -100 ... -17.491),
    ] as [([Int64], Double, ClosedRange<Double>)])
  func `NPS is that of the specification`(
    classes: [Int64], value: Double, ends: ClosedRange<Double>
  ) throws {
    let nps = try score(
      "nps", MeasureCounts(answersOn: .nps, [6: classes[0], 7: classes[1], 9: classes[2]]))
    #expect(isClose(nps, value, ends))
    #expect(nps.n == classes.reduce(0, +))
    #expect(nps[count: "detractors"] == classes[0])
    #expect(nps[count: "passives"] == classes[1])
    #expect(nps[count: "promoters"] == classes[2])
  }

  @Test func `each answer of 0 to 10 falls into its class`() throws {
    let nps = try score(
      "nps",
      MeasureCounts(
        answersOn: .nps, [0: 1, 1: 1, 2: 1, 3: 1, 4: 1, 5: 1, 6: 1, 7: 1, 8: 1, 9: 1, 10: 1]))
    #expect(nps.counts.map(\.value) == [2, 2, 7])
    #expect(nps.counts.map(\.name) == ["promoters", "passives", "detractors"])
  }

  @Test func `who answered nothing is not divided by`() throws {
    #expect(try score("nps", MeasureCounts(answersOn: .nps, [10: 6, 8: 1, 0: 1])).value == 62.5)
  }

  @Test func `the score is rounded once, at the end`() throws {
    let nps = try score("nps", MeasureCounts(answersOn: .nps, [9: 5, 7: 2, 3: 2]))
    #expect(nps.text(decimals: 0) == "33")
    #expect(nps.text() == "33.3")
  }

  /// The responses left by each way of deduplicating X: 9, 6; Y: 10; Z: 7.
  @Test(
    arguments: [([9, 6, 10, 7], 25), ([6, 10, 7], 0), ([6, 7], -50)] as [([Int32], Double)])
  func `deduplicated answers give the scores of the specification`(
    answers: [Int32], expected: Double
  ) throws {
    let counts = answers.map { MeasureCounts(answersOn: .nps, [$0: 1]) }.reduce(MeasureCounts(), +)
    let nps = try score("nps", counts)
    #expect(nps.value == expected)
    #expect(nps.n == answers.count)
  }

  @Test func `answers on another scale are counted beside the score`() throws {
    let four = try #require(AnswerScale(.nps, values: 1...4))
    let nps = try score(
      "nps",
      MeasureCounts(answersOn: .nps, [10: 3, 0: 1]) + MeasureCounts(answersOn: four, [4: 10, 3: 2]))
    #expect(nps.value == 50)
    #expect(nps.n == 4)
    #expect(nps.notes == [.answersOnOtherScales(12)])
    #expect(nps.notes.map(\.description) == ["answers on other scales: 12"])
  }

  @Test func `a five-point scale has buckets of its own`() throws {
    let scale = try #require(AnswerScale(.nps, values: 1...5))
    let buckets = try #require(NetBuckets(scale, lowMax: 3, highMin: 5))
    let definition = try #require(
      MetricDefinition(id: "nps.five", title: "NPS on 1 to 5", readOut: .net(buckets)))
    let nps = ScoreReadOut.score(
      definition, of: MeasureCounts(answersOn: scale, [1: 1, 3: 1, 4: 1, 5: 5]),
      vocabulary: Vocabulary())
    #expect(nps.value == 37.5)
    #expect(nps.counts.map(\.value) == [5, 1, 2])
  }

  @Test(arguments: UInt64(1)...200)
  func `the score is that of the three classes`(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    var counts = MeasureCounts()
    var classes = NetCounts(detractors: 0, passives: 0, promoters: 0)
    for _ in 0..<Int.random(in: 0...50, using: &generator) {
      let answer = Int32.random(in: 0...10, using: &generator)
      counts = counts + MeasureCounts(answersOn: .nps, [answer: 1])
      classes =
        classes
        + NetCounts(
          detractors: answer <= 6 ? 1 : 0, passives: answer == 7 || answer == 8 ? 1 : 0,
          promoters: answer >= 9 ? 1 : 0)
    }
    let nps = try score("nps", counts)
    let expected = classes.adjustedWald()
    #expect(nps.value == expected?.value)
    #expect(nps.low == expected?.low)
    #expect(nps.high == expected?.high)
    #expect(nps.n == classes.count)
  }
}
