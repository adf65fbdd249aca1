import LedgerCore
import TestSupport
import Testing

@Suite struct RateReadOutTests {
  @Test func `a response rate divides by what was delivered`() throws {
    let rate = try score("survey.responseRate", MeasureCounts(.invitations, [0: 4, 1: 3, 2: 1]))
    #expect(isClose(rate.value, 100.0 / 3))
    #expect(rate.text(decimals: 0) == "33")
    #expect(rate.n == 3)
    #expect(rate.counts.map(\.name) == ["invited", "delivered", "responded"])
    #expect(rate.counts.map(\.value) == [4, 3, 1])
    let expected = ProportionCounts(successes: 1, of: 3).wilson()
    #expect(rate.low == expected?.low)
    #expect(rate.high == expected?.high)
  }

  @Test func `invitations that all bounced have no response rate`() throws {
    let rate = try score("survey.responseRate", MeasureCounts(.invitations, [0: 4]))
    #expect(rate.value == nil)
    #expect(rate.n == 0)
    #expect(rate[count: "invited"] == 4)
  }

  @Test func `more answers than deliveries are damage, not a rate`() throws {
    let rate = try score("survey.responseRate", MeasureCounts(.invitations, [1: 1, 2: 2]))
    #expect(rate.value == nil)
    #expect(rate.notes == [.countersContradict])
  }

  @Test func `tickets are reopened, and some more than once`() throws {
    let rate = try score("ticket.reopenRate", MeasureCounts(.ticketSolved, [0: 20, 1: 3, 2: 5]))
    #expect(rate.value == 15)
    #expect(rate.n == 20)
    #expect(rate.counts.map(\.name) == ["solved", "reopened", "reopens"])
    #expect(rate.counts.map(\.value) == [20, 3, 5])
    #expect(rate[figure: "reopensPerSolved"] == 0.25)
    let expected = ProportionCounts(successes: 3, of: 20).wilson()
    #expect(rate.low == expected?.low)
    #expect(rate.high == expected?.high)
  }

  @Test func `a negative count of answers is damage`() throws {
    let nps = try score("nps", MeasureCounts(answersOn: .nps, [9: 3, 0: -1]))
    #expect(nps.value == nil)
    #expect(nps.notes == [.countersContradict])
  }
}

@Suite struct DurationReadOutTests {
  /// The ticket of the specification, in minutes.
  @Test(
    arguments: [
      ("ticket.frt", .ticketFirstResponse, 3_890),
      ("ticket.firstResolution", .ticketFirstResolution, 3_930),
      ("ticket.fullResolution", .ticketFullResolution, 5_490),
    ] as [(String, Measure, Int64)])
  func `durations are told in minutes`(id: String, measure: Measure, minutes: Int64) throws {
    let time = try score(id, MeasureCounts(measure, seconds: [minutes * 60]))
    #expect(time.value == Double(minutes))
    #expect(time.n == 1)
    #expect(time.low == nil)
    #expect(time.isBelowStability)
  }

  @Test func `the median is the mean of the two middle durations`() throws {
    let time = try score(
      "ticket.frt", MeasureCounts(.ticketFirstResponse, seconds: [60, 61, 120, 6_000]))
    #expect(time.value == 90.5 / 60)
    #expect(time.text() == "1.51")
    #expect(time[figure: "median"] == time.value)
    #expect(time[figure: "p90"] == 100)
    #expect(time[figure: "mean"] == 6_241.0 / 240)
  }

  @Test func `nine tenths of ten durations do not exceed the ninth`() throws {
    let time = try score(
      "ticket.frt", MeasureCounts(.ticketFirstResponse, seconds: (1...10).map { $0 * 60 }))
    #expect(time[figure: "p90"] == 9)
    #expect(time.value == 5.5)
    // Ranks 2 and 9 of 10 are a 97.9 % interval of the median; 3 and 8 would be one of 89.1 %.
    #expect(time.low == 2)
    #expect(time.high == 9)
  }

  @Test func `tickets without a reply are listed beside the first response`() throws {
    let time = try score(
      "ticket.frt",
      MeasureCounts(.ticketFirstResponse, seconds: [60]) + MeasureCounts(.ticketUnanswered, [0: 7]))
    #expect(time.value == 1)
    #expect(time[count: "unanswered"] == 7)
    #expect(try score("ticket.frt", MeasureCounts(.ticketUnanswered, [0: 7])).value == nil)
  }

  @Test(arguments: [(DurationStatistic.mean, 5.5), (.percentile90, 9), (.median, 5.5)])
  func `a definition says which statistic stands for all`(
    statistic: DurationStatistic, value: Double
  ) throws {
    let definition = try #require(
      MetricDefinition(
        id: "ticket.own", title: "Own", readOut: .duration(.fullResolution, statistic)))
    let counts = MeasureCounts(.ticketFullResolution, seconds: (1...10).map { $0 * 60 })
    let time = ScoreReadOut.score(definition, of: counts, vocabulary: Vocabulary())
    #expect(time.value == value)
  }

  @Test(arguments: UInt64(1)...100)
  func `statistics lie between the shortest and the longest`(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let seconds = (0..<Int.random(in: 1...40, using: &generator)).map { _ in
      Int64.random(in: 0...1_000_000, using: &generator)
    }
    let time = try score(
      "ticket.fullResolution", MeasureCounts(.ticketFullResolution, seconds: seconds))
    let shortest = Double(try #require(seconds.min())) / 60
    let longest = Double(try #require(seconds.max())) / 60
    #expect(time.figures.count == 3)
    #expect(time.figures.allSatisfy { (shortest...longest).contains($0.value) })
    let value = try #require(time.value)
    #expect((time.low ?? value) <= value && value <= (time.high ?? value))
    let sorted = seconds.sorted()
    let middle = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2])
    #expect(isClose(value, Double(middle) / 120))
  }
}
