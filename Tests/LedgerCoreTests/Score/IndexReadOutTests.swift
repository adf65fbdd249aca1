import LedgerCore
import TestSupport
import Testing

@Suite struct IndexReadOutTests {
  private static func example(weights: [UInt32] = [0, 0, 0]) -> IndexExample {
    var example = IndexExample()
    example.answer("service", [60], weightMilli: weights[2])
    example.answer("price", [70, 60], weightMilli: weights[0])
    example.answer("quality", [50, 50, 50], weightMilli: weights[1])
    return example
  }

  @Test func `the mean of the attribute means is that of the specification`() throws {
    let csi = try Self.example().score("csi.equal")
    #expect(isClose(csi.value, 175.0 / 3))
    #expect(csi.text() == "58.33")
    #expect(csi.n == 6)
    #expect(csi[count: "attributes"] == 3)
    #expect(csi.figures.map(\.name) == ["price", "quality", "service"])
    #expect(csi.figures.map(\.value) == [65, 50, 60])
  }

  @Test func `the weighted mean is that of the specification`() throws {
    let csi = try Self.example(weights: [500, 300, 200]).score("csi.weighted")
    #expect(csi.value == 59.5)
    #expect(csi.notes.isEmpty)
  }

  @Test func `pooled answers weigh an attribute by how often it was answered`() throws {
    #expect(isClose(try Self.example().score("csi.pooled").value, 340.0 / 6))
  }

  @Test func `a missing weight is not a weight of nothing`() throws {
    let csi = try Self.example(weights: [500, 0, 0]).score("csi.weighted")
    #expect(csi.value == nil)
    #expect(csi.n == 6)
    #expect(csi.notes == [.weightsMissing(2)])
  }

  @Test func `several weights of one attribute are averaged over its answers`() throws {
    var example = IndexExample()
    example.answer("price", [10, 10, 10], weightMilli: 100)
    example.answer("price", [10], weightMilli: 500)
    example.answer("quality", [40], weightMilli: 200)
    let csi = try example.score("csi.weighted")
    #expect(csi.value == 25)
    #expect(csi.notes == [.weightsDiffer(1)])
  }

  @Test func `attributes on different scales are each read as 0 to 100`() throws {
    var example = IndexExample()
    example.answer("price", [4, 5], scale: 1...5)
    example.answer("quality", [4], scale: 1...7)
    example.answer("service", [3, 10], scale: 0...10)
    let csi = try example.score("csi.equal")
    #expect(csi.notes == [.attributesRescaled])
    #expect(csi.figures.map(\.value) == [87.5, 50, 65])
    #expect(isClose(csi.value, 67.5))
    #expect(try example.score("csi.pooled").value == 71)
  }

  @Test func `one question asked on two scales is one attribute`() throws {
    var example = IndexExample()
    example.answer("price", [5], scale: 1...5)
    example.answer("price", [0, 5], scale: 0...10)
    let csi = try example.score("csi.equal")
    #expect(csi.value == 50)
    #expect(csi[count: "attributes"] == 1)
  }

  @Test func `a high number that is a bad answer is read the other way round`() throws {
    var example = IndexExample()
    example.answer("price", [5], scale: 1...5)
    example.answer("waiting", [1, 2], scale: 1...5, isLowerBetter: true)
    let csi = try example.score("csi.equal")
    #expect(csi.value == 4.75)
    #expect(csi.notes == [.attributesReversed(1)])
    #expect(try example.score("csi.respondent").notes == [.respondentSumsMixScales])
  }

  @Test func `an index is as stable as its weakest attribute`() throws {
    var example = IndexExample()
    example.answer("price", Array(repeating: 50, count: 30))
    #expect(try !example.score("csi.equal").isBelowStability)
    example.answer("quality", Array(repeating: 50, count: 29))
    #expect(try example.score("csi.equal").isBelowStability)
    example.answer("quality", [50])
    #expect(try !example.score("csi.equal").isBelowStability)
  }

  @Test func `answers that the vocabulary does not name are counted apart`() throws {
    var example = Self.example()
    let stray = MeasureCounts(.csi, [IndexBucket(key: 4_000, value: 1).rawValue: 3])
    let csi = try score("csi.equal", example.counts + stray, example.vocabulary)
    #expect(csi.notes == [.answersUnreadable(3)])
    #expect(csi.n == 6)
    example.answer("flat", [5], scale: 5...5)
    #expect(try example.score("csi.equal").notes == [.answersUnreadable(1)])
  }

  @Test func `scales without a common measure have no index`() throws {
    var example = IndexExample()
    example.answer("price", [1], scale: 0...9_973)
    example.answer("quality", [1], scale: 0...9_967)
    let csi = try example.score("csi.equal")
    #expect(csi.value == nil)
    #expect(csi.notes == [.scalesWithoutCommonMeasure])
  }

  @Test(arguments: UInt64(1)...100)
  func `the order in which attributes were first seen does not change a bit`(
    seed: UInt64
  ) throws {
    var generator = SplitMix64(seed: seed)
    let scales: [ClosedRange<Int32>] = [1...5, 1...7, 0...10, 1...10, 0...100]
    var answers = (0..<Int.random(in: 1...40, using: &generator)).map { _ in
      let scale = scales[Int.random(in: 0..<scales.count, using: &generator)]
      return (
        question: "q\(Int.random(in: 0...4, using: &generator))", scale: scale,
        value: Int32.random(in: scale, using: &generator),
        weight: UInt32.random(in: 1...3, using: &generator)
      )
    }
    let scores = try (0..<2).map { _ in
      var example = IndexExample()
      for answer in answers {
        example.answer(
          answer.question, [answer.value], scale: answer.scale, weightMilli: answer.weight)
      }
      answers.shuffle(using: &generator)
      return try ["csi.equal", "csi.weighted", "csi.pooled"].map { try example.score($0) }
    }
    #expect(scores[0] == scores[1])
  }
}

@Suite struct RespondentIndexTests {
  @Test func `each respondent has one vote`() throws {
    var example = IndexExample()
    example.respond(attributes: 3, sum: 12)
    example.respond(attributes: 1, sum: 1)
    let csi = try example.score("csi.respondent")
    #expect(csi.value == 2.5)
    #expect(csi.n == 2)
    #expect(csi[count: "answers"] == 4)
  }

  @Test(arguments: UInt64(1)...100)
  func `the mean is that of the respondents, with Student's interval`(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    var example = IndexExample()
    var totals: [ScoreTotal] = []
    for _ in 0..<Int.random(in: 2...30, using: &generator) {
      let attributes = Int32.random(in: 1...5, using: &generator)
      let sum = Int32.random(in: attributes...(attributes * 5), using: &generator)
      example.respond(attributes: UInt32(attributes), sum: sum)
      totals.append(ScoreTotal(sum: Int64(sum), count: Int64(attributes)))
    }
    let csi = try example.score("csi.respondent")
    #expect(csi.value == SatisfactionIndex.meanOfRespondents(totals))
    // 60 is a multiple of every number of attributes, so these are whole numbers.
    let sixtieths = IntegerHistogram(values: totals.map { $0.sum * 60 / $0.count })
    let expected = try #require(sixtieths.meanInterval())
    #expect(isClose(csi.low, expected.low / 60))
    #expect(isClose(csi.high, expected.high / 60))
  }

  @Test func `sums over different scales have no mean`() throws {
    var example = IndexExample()
    example.answer("price", [5], scale: 1...5)
    example.answer("quality", [5], scale: 1...7)
    example.respond(attributes: 2, sum: 10)
    let csi = try example.score("csi.respondent")
    #expect(csi.value == nil)
    #expect(csi.notes == [.respondentSumsMixScales])
  }
}
