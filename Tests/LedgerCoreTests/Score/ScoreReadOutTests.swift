import LedgerCore
import TestSupport
import Testing

@Suite struct ScoreReadOutTests {
  @Test(arguments: BuiltInMetrics.all)
  func `over nothing a score is empty`(definition: MetricDefinition) {
    let score = ScoreReadOut.score(definition, of: MeasureCounts(), vocabulary: Vocabulary())
    #expect(score.definition == definition.id)
    #expect(score.definitionVersion == definition.version)
    #expect(score.unit == definition.unit)
    #expect(score.value == nil)
    #expect(score.low == nil)
    #expect(score.high == nil)
    #expect(score.n == 0)
    #expect(score.counts.allSatisfy { $0.value == 0 })
    #expect(score.figures.isEmpty)
    #expect(score.notes.isEmpty)
    #expect(!score.isBelowStability)
    #expect(score.text() == "")
  }

  @Test(arguments: UInt64(1)...200)
  func `a value is a number inside its interval, and there is none over nothing`(
    seed: UInt64
  ) {
    var generator = SplitMix64(seed: seed)
    let counts = RandomCounts.sound(using: &generator)
    for definition in BuiltInMetrics.all {
      let score = ScoreReadOut.score(
        definition, of: counts.counts, vocabulary: counts.vocabulary)
      #expect((score.value == nil) == (score.n == 0))
      guard let value = score.value else { continue }
      #expect(value.isFinite)
      #expect((score.low ?? value) <= value && value <= (score.high ?? value))
      #expect((score.low == nil) == (score.high == nil))
      #expect(score.isBelowStability || score.n >= definition.minimumCount)
    }
  }

  @Test(arguments: UInt64(1)...50)
  func `a score reads only the measures it names`(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let counts = RandomCounts.sound(using: &generator)
    for definition in BuiltInMetrics.all {
      let needed = Set(definition.measures)
      let cells = Measure.allCases.filter(needed.contains).flatMap { measure in
        counts.counts[measure].map { cell in
          (
            key: CounterKey(measure: measure, group: 0, period: 0, bucket: cell.bucket),
            value: cell.count
          )
        }
      }
      #expect(
        ScoreReadOut.score(definition, of: counts.counts, vocabulary: counts.vocabulary)
          == ScoreReadOut.score(
            definition, of: MeasureCounts(cells: cells), vocabulary: counts.vocabulary))
    }
  }

  @Test func `a higher confidence gives a longer interval`() throws {
    let nps = try #require(BuiltInMetrics.definition("nps"))
    let counts = MeasureCounts(answersOn: .nps, [9: 60, 7: 30, 0: 10])
    let scores = [Confidence.percent90, .percent95, .percent99].map {
      ScoreReadOut.score(nps, of: counts, vocabulary: Vocabulary(), confidence: $0)
    }
    let lengths = try scores.map { try #require($0.high) - #require($0.low) }
    #expect(lengths == lengths.sorted() && Set(lengths).count == 3)
  }

  @Test func `stability begins at the definition's minimum`() throws {
    #expect(try score("nps", MeasureCounts(answersOn: .nps, [9: 29])).isBelowStability)
    #expect(try !score("nps", MeasureCounts(answersOn: .nps, [9: 30])).isBelowStability)
  }

  @Test func `a score is shown with the decimals of its unit`() throws {
    let nps = try score("nps", MeasureCounts(answersOn: .nps, [9: 60, 7: 30, 0: 10]))
    #expect(nps.text() == "50.0")
    #expect(nps.text(decimals: 0) == "50")
    #expect(nps.lowText() == "35.5")
    #expect(nps.highText(decimals: 2) == "61.62")
    #expect(
      try score("csat.mean", MeasureCounts(answersOn: .csat, [3: 199, 4: 1])).text() == "3.01")
    #expect(
      try score("nps", MeasureCounts(answersOn: .nps, [7: 7, 0: 1])).text(decimals: 0) == "-13")
  }
}
