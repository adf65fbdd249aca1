import LedgerCore
import LedgerSchema
import Testing
import TestSupport

@Suite struct `Fold of a ticket` {
  /// METRICS §2.2: opened Friday 16:30, answered by a bot 16:31 and by a human Monday 09:20, solved Monday 10:00,
  /// reopened Tuesday 10:00, solved Tuesday 12:00.
  private func example() -> FoldBench {
    var bench = FoldBench()
    bench.add(.ticketOpened(.init()), recorded: FoldBench.minutes(0, 16, 30))
    bench.add(Bodies.replied(.bot), recorded: FoldBench.minutes(0, 16, 31))
    bench.add(Bodies.replied(isPrivate: true), recorded: FoldBench.minutes(0, 16, 40))
    bench.add(Bodies.replied(), recorded: FoldBench.minutes(3, 9, 20))
    bench.add(.ticketResolved(.init()), recorded: FoldBench.minutes(3, 10))
    bench.add(.ticketReopened(.init()), recorded: FoldBench.minutes(4, 10))
    bench.add(.ticketResolved(.init()), recorded: FoldBench.minutes(4, 12))
    return bench
  }

  @Test func `the worked example has its three durations`() {
    let counters = example().counters()
    #expect(counters.total(.ticketFirstResponse, bucket: String(3_890 * 60)) == 1)
    #expect(counters.total(.ticketFirstResolution, bucket: String(3_930 * 60)) == 1)
    #expect(counters.total(.ticketFullResolution, bucket: String(5_490 * 60)) == 1)
    #expect(counters.total(.ticketUnanswered) == 0)
  }

  @Test func `the worked example was reopened once and is closed`() {
    let counters = example().counters()
    #expect(counters.total(.ticketSolved, bucket: String(SolvedBucket.tickets)) == 1)
    #expect(counters.total(.ticketSolved, bucket: String(SolvedBucket.reopens)) == 1)
    #expect(counters.total(.ticketOpen) == 0)
  }

  @Test func `a backdated event counts where it happened`() {
    var bench = FoldBench()
    bench.add(.ticketOpened(.init()), recorded: 0)
    bench.add(.ticketResolved(.init()), recorded: 500)
    bench.add(Bodies.replied(), recorded: 900, occurred: 60)
    let counters = bench.counters()
    #expect(counters.total(.ticketFirstResponse, bucket: "3600") == 1)
    #expect(counters.total(.ticketFirstResolution, bucket: "30000") == 1)
  }

  @Test func `an open ticket is in the backlog and unanswered`() {
    var bench = FoldBench()
    bench.add(.ticketOpened(.init()), recorded: 0)
    #expect(bench.counters().total(.ticketOpen) == 1)
    #expect(bench.counters().total(.ticketUnanswered) == 1)
  }

  @Test func `a status change solves and reopens as the named events do`() {
    var bench = FoldBench()
    bench.add(.ticketOpened(.init()), recorded: 0)
    bench.add(Bodies.status(.solved), recorded: 10)
    bench.add(Bodies.status(.open), recorded: 20)
    #expect(bench.counters().total(.ticketOpen) == 1)
    #expect(bench.counters().total(.ticketSolved, bucket: "2") == 1)
  }

  @Test func `a merged ticket counts nothing of its own`() {
    var bench = example()
    bench.add(.ticketMerged(.init()), recorded: FoldBench.minutes(5, 9))
    #expect(bench.counters().isEmpty)
  }
}

@Suite struct `Fold of points` {
  @Test func `what is redeemed counts in the cohort of its lots, the rest on its own day`() {
    var bench = FoldBench()
    let lot = FoldBench.instant(-10 * 1_440)
    bench.add(Bodies.redeemed(100, from: [(points: 60, earned: lot)]), recorded: 0)
    let counters = bench.counters()
    #expect(counters.total(.points, bucket: String(PointsBucket.redeemed)) == 100)
    let ofLots = counters.values.filter {
      $0.key.bucket == String(PointsBucket.redeemedOfLot)
    }
    #expect(ofLots.values.sorted() == [40, 60])
    #expect(Set(ofLots.keys.map { CivilDay(number: $0.day).description }).contains("2026-02-24"))
  }

  @Test func `two tills that redeem the same points both stand`() {
    var bench = FoldBench()
    bench.add(Bodies.earned(100), recorded: 0)
    bench.add(Bodies.redeemed(100), at: 1, recorded: 10)
    bench.add(Bodies.redeemed(100), at: 2, recorded: 11)
    #expect(bench.counters().total(.points, bucket: String(PointsBucket.redeemed)) == 200)
    #expect(bench.counters().total(.points, bucket: String(PointsBucket.issued)) == 100)
  }

  @Test(arguments: [true, false])
  func `a reversal counts as what it undoes: a redemption or an award`(isRedemption: Bool) {
    var bench = FoldBench()
    var reversed = Scorebook_V1_PointsReversed()
    reversed.points = 30
    reversed.redemption = isRedemption
    bench.add(.pointsReversed(reversed), recorded: 0)
    let counters = bench.counters()
    #expect(
      counters.total(.points, bucket: String(PointsBucket.redemptionReversed))
        == (isRedemption ? 30 : 0))
    #expect(
      counters.total(.points, bucket: String(PointsBucket.awardReversed))
        == (isRedemption ? 0 : 30))
  }
}
