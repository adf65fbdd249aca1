import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import SwiftProtobuf
import TestSupport
import Testing

/// Law 10: what a log says of its own clock moves a cut only as far as the log counts.
@Suite struct `Law 10 of clock corrections` {
  private static let yearSeconds: Int64 = 365 * 86_400

  @Test func `a log that is not enrolled corrects nothing until it is`() throws {
    var company = try Company()
    let newcomer = try Self.joinAhead(&company)
    // Before anybody observes the newcomer, which would grow the cut by it.
    let point = CutSelector.recorded(company.hubClock.now())
    _ = try newcomer.sync(with: company.branch)
    let counters = StoreCounters(company.branch)
    let before = try counters.clock(of: point)
    #expect(before[newcomer.log] <= 1)
    try Self.correct(newcomer)
    _ = try newcomer.sync(with: company.branch)
    #expect(try counters.clock(of: point) == before)
    // Enrolled, the same event corrects: the newcomer's answers were recorded in time, and are in the cut. They count
    // nothing there, since its enrolment is not.
    _ = try newcomer.sync(with: company.hub)
    _ = try company.branch.sync(with: company.hub)
    #expect(try counters.clock(of: point)[newcomer.log] >= 3)
    #expect(try counters.replayed(point).total(.nps) == 0)
    try expectSound(company.hub, company.branch, newcomer)
  }

  @Test(arguments: [true, false])
  func `a correction after the event that a log was revoked at corrects nothing`(
    countsCorrection: Bool
  ) throws {
    var company = try Company()
    let newcomer = try Self.joinAhead(&company)
    let point = CutSelector.recorded(company.hubClock.now())
    _ = try newcomer.sync(with: company.hub)
    let size = try #require(try newcomer.store.read { $1.ownLog?.size })
    let correction = try Self.correct(newcomer)
    _ = try newcomer.sync(with: company.hub)
    let counters = StoreCounters(company.hub)
    #expect(try counters.replayed(point).total(.nps) == 2)
    var revoked = Scorebook_V1_SiteRevoked()
    revoked.log = ProtobufBytes.data(newcomer.log.bytes)
    revoked.afterSeq = countsCorrection ? correction.seq : size
    _ = try company.hub.withRecorder { try $0.append(.siteRevoked(revoked)) }
    #expect(try counters.replayed(point).total(.nps) == (countsCorrection ? 2 : 0))
    try expectSound(company.hub, newcomer)
  }

  /// A site whose clock is a year ahead, with two answers.
  private static func joinAhead(_ company: inout Company) throws -> Ledger {
    let newcomer = try company.world.join("newcomer")
    let clock = company.world.sites[2].clock
    clock.set(company.hubClock.time)
    // The first entry is from before the clock went wrong, and may be in a cut without the correction.
    clock.turn(seconds: yearSeconds)
    try Company.record(2, at: newcomer)
    return newcomer
  }

  @discardableResult
  private static func correct(_ ledger: Ledger) throws -> Address {
    var correction = Scorebook_V1_ClockCorrected()
    correction.log = ProtobufBytes.data(ledger.log.bytes)
    correction.fromSeq = 1
    correction.toSeq = 1_000
    correction.shiftUs = -(yearSeconds + 3_600) * 1_000_000
    return try ledger.withRecorder { try $0.append(.clockCorrected(correction)) }
  }
}
