import LedgerCore
import LedgerSchema
import Testing
import TestSupport

@Suite struct `Fold of a response` {
  private func submitted(_ value: Int32) -> FoldBench {
    var bench = FoldBench()
    bench.add(Bodies.response([Bodies.nps(value)]), recorded: 0)
    return bench
  }

  @Test func `a correction replaces the answer that it names`() {
    var bench = submitted(10)
    bench.add(Bodies.corrected([Bodies.nps(1)]), recorded: 10)
    #expect(bench.answers(1) == 1)
    #expect(bench.counters().total(.nps) == 1)
    #expect(bench.counters().total(.conflicts) == 0)
  }

  @Test func `a correction that states another day moves the response`() throws {
    var bench = submitted(10)
    let occurred = FoldBench.instant(-3 * 1_440)
    bench.add(Bodies.corrected([Bodies.nps(10)], occurred: occurred), recorded: 10)
    let name = try #require(bench.counters().values.keys.first { $0.measure == "nps" })
    #expect(CivilDay(number: name.day).description == "2026-03-03")
  }

  @Test func `concurrent corrections are a conflict, and the later one stands`() {
    var bench = submitted(10)
    bench.observe(0, by: 1)
    bench.add(Bodies.corrected([Bodies.nps(3)]), at: 0, recorded: 20)
    bench.add(Bodies.corrected([Bodies.nps(4)]), at: 1, recorded: 30)
    #expect(bench.answers(4) == 1)
    #expect(bench.counters().total(.nps) == 1)
    #expect(bench.counters().total(.conflicts) == 1)
  }

  @Test func `a correction that has seen the other is no conflict`() {
    var bench = submitted(10)
    bench.add(Bodies.corrected([Bodies.nps(3)]), at: 0, recorded: 20)
    bench.observe(0, by: 1)
    bench.add(Bodies.corrected([Bodies.nps(4)]), at: 1, recorded: 5)
    #expect(bench.answers(4) == 1)
    #expect(bench.counters().total(.conflicts) == 0)
  }

  @Test func `a retraction beats a concurrent correction`() {
    var bench = submitted(10)
    bench.observe(0, by: 1)
    bench.add(Bodies.retracted, at: 0, recorded: 20)
    bench.add(Bodies.corrected([Bodies.nps(4)]), at: 1, recorded: 30)
    #expect(bench.counters().isEmpty)
  }

  @Test func `a correction after a retraction takes effect with the reinstatement`() {
    var bench = submitted(10)
    bench.add(Bodies.retracted, recorded: 20)
    bench.add(Bodies.corrected([Bodies.nps(4)]), recorded: 30)
    #expect(bench.counters().isEmpty)
    bench.add(Bodies.reinstated, recorded: 40)
    #expect(bench.answers(4) == 1)
  }

  @Test func `a reinstatement that has not seen the retraction undoes nothing`() {
    var bench = submitted(10)
    bench.observe(0, by: 1)
    bench.add(Bodies.retracted, at: 0, recorded: 20)
    bench.add(Bodies.reinstated, at: 1, recorded: 30)
    #expect(bench.counters().isEmpty)
    bench.observe(0, by: 1)
    bench.add(Bodies.reinstated, at: 1, recorded: 31)
    #expect(bench.answers(10) == 1)
  }

  @Test func `a reinstatement undoes a retraction that was no erasure`() {
    for reason in [Scorebook_V1_SurveyResponseRetracted.Reason.spam, .erasure] {
      var bench = submitted(10)
      bench.add(Bodies.retracted(reason), recorded: 20)
      bench.add(Bodies.reinstated, recorded: 30)
      #expect(bench.counters().isEmpty == (reason == .erasure))
    }
  }

  @Test func `a re-attribution moves the response to another site`() {
    var bench = submitted(10)
    bench.add(Bodies.reattributed("site", to: "kiosk"), recorded: 20)
    #expect(bench.counters().values.keys.allSatisfy { $0.site == "kiosk" })
  }

  @Test func `the rest of a partial response completes it`() {
    var bench = FoldBench()
    bench.add(Bodies.response([Bodies.nps(9)], isPartial: true), recorded: 0)
    #expect(bench.counters().total(.responses, bucket: "1") == 1)
    bench.add(
      Bodies.completed([Bodies.answer("satisfied", 5, .csat, 1...5)]), recorded: 10)
    #expect(bench.counters().total(.responses, bucket: "0") == 1)
    #expect(bench.answers(9) == 1)
    #expect(bench.counters().total(.csat) == 1)
  }

  @Test func `a skipped answer and an excluded response are not divided by`() {
    var bench = FoldBench()
    bench.add(Bodies.response([Bodies.nps(nil)]), recorded: 0)
    #expect(bench.counters().total(.nps) == 0)
    #expect(bench.counters().total(.responses) == 1)
    var test = FoldBench()
    test.add(Bodies.response([Bodies.nps(9)]), recorded: 0, flags: ["test"])
    #expect(test.counters().isEmpty)
  }

  @Test func `an effort scale is turned where a high number is effort`() {
    var bench = FoldBench()
    bench.add(
      Bodies.response([Bodies.answer("effort", 6, .ces, 1...7, lowerIsBetter: true)]),
      recorded: 0)
    let ease = AnswerBucket(scaleMin: 1, scaleMax: 7, value: 2).rawValue
    #expect(bench.counters().total(.ces, bucket: String(ease)) == 1)
  }

  @Test func `an invitation that bounced and was answered was delivered`() {
    var bench = FoldBench()
    bench.add(.surveyInvitationSent(.init()), recorded: 0)
    bench.add(.surveyInvitationBounced(.init()), recorded: 1)
    #expect(bench.counters().total(.invitations) == 1)
    bench.add(Bodies.response([Bodies.nps(9)]), recorded: 2)
    #expect(bench.counters().total(.invitations) == 3)
  }

  @Test func `a change whose target is missing adds nothing`() {
    for body in [
      Bodies.corrected([Bodies.nps(3)]), Bodies.retracted, Bodies.reinstated,
      Bodies.reattributed("site", to: "kiosk"), Bodies.completed([Bodies.nps(3)]),
    ] {
      var bench = FoldBench()
      bench.add(body, recorded: 0)
      #expect(bench.counters().isEmpty)
    }
  }
}
