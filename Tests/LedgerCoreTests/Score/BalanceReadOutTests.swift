import LedgerCore
import Testing

@Suite struct BalanceReadOutTests {
  /// 10 000 issued, 6 000 redeemed, 1 500 expired.
  static let points = MeasureCounts(.points, [0: 10_000, 1: 6_000, 2: 1_500, 6: 6_000])

  @Test(
    arguments: [
      ("loyalty.issued", 10_000), ("loyalty.redeemed", 6_000), ("loyalty.outstanding", 2_500),
      ("loyalty.redemptionRate", 60),
    ])
  func `points are those of the specification`(id: String, value: Double) throws {
    let loyalty = try score(id, Self.points)
    #expect(loyalty.value == value)
    #expect(loyalty.low == nil)
    #expect(!loyalty.isBelowStability)
  }

  @Test func `what was taken back or given back moves the balance`() throws {
    let counts = Self.points + MeasureCounts(.points, [3: 100, 4: 30, 5: -7])
    let outstanding = try score("loyalty.outstanding", counts)
    #expect(outstanding.value == 2_423)
    #expect(outstanding.counts.map(\.value) == [10_000, 6_000, 1_500, 100, 30, -7])
    #expect(outstanding.text() == "2423")
    #expect(outstanding.n == 17_637)
  }

  @Test func `a balance may be overdrawn`() throws {
    #expect(try score("loyalty.outstanding", MeasureCounts(.points, [1: 50])).value == -50)
  }

  @Test func `points that moved elsewhere leave a sum of nothing, not an empty one`() throws {
    let redeemed = try score("loyalty.redeemed", MeasureCounts(.points, [0: 50]))
    #expect(redeemed.value == 0)
    #expect(redeemed.n == 50)
  }

  @Test func `a redemption rate reads the cohort of the lots`() throws {
    let rate = try score("loyalty.redemptionRate", MeasureCounts(.points, [0: 200, 1: 900, 6: 50]))
    #expect(rate.value == 25)
    #expect(rate.n == 200)
    #expect(try score("loyalty.redemptionRate", MeasureCounts(.points, [6: 50])).value == nil)
  }

  @Test func `the backlog is what was opened and not solved`() throws {
    let backlog = try score(
      "ticket.backlog",
      MeasureCounts(.ticketOpen, [0: 3]) + MeasureCounts(.ticketFirstResponse, seconds: [5, 9])
        + MeasureCounts(.ticketUnanswered, [0: 4]))
    #expect(backlog.value == 3)
    #expect(backlog.n == 6)
    #expect(backlog.text() == "3")
  }

  @Test func `a desk where all is solved has a backlog of nothing`() throws {
    let backlog = try score(
      "ticket.backlog", MeasureCounts(.ticketFirstResponse, seconds: [5, 9]))
    #expect(backlog.value == 0)
    #expect(backlog.n == 2)
  }
}
