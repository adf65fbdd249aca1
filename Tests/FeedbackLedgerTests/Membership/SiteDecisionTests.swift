import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import TestSupport
import Testing

/// What the authority decides about sites, and what `sites` says of them.
@Suite("Decisions about sites") struct SiteDecisionTests {
  @Test func `a revoked site counts up to the named entry, also where its later ones came first`()
    throws
  {
    let company = try Company()
    try Company.record(2, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    let size = try #require(try held(company.branch.log, at: company.hub))
    try Company.record(5, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    #expect(try Company.answers(at: company.hub) == 7)
    let ends = try company.hub.revoke("branch", after: size)
    #expect(ends == [Address(log: company.branch.log, seq: size)])
    #expect(try Company.answers(at: company.hub) == 2)
    #expect(try standing(of: "branch", at: company.hub) == .revoked)
    // The thief records on; what it says is held, passed on and counted nowhere.
    try Company.record(3, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    #expect(try Company.answers(at: company.hub) == 2)
    #expect(try Company.answers(at: company.branch) == 2)
    #expect(try company.hub.sites().first { $0.site == "branch" }?.pending ?? 0 >= 8)
    try expectSound(company.hub, company.branch)
  }

  @Test func `a second word can only end a log earlier, and none reaches beyond what is held`()
    throws
  {
    let company = try Company()
    try Company.record(4, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    let log = company.branch.log
    let size = try #require(try held(log, at: company.hub))
    #expect(throws: LedgerError.revokesBeyond(log, end: size)) {
      try company.hub.revoke("branch", after: size + 1)
    }
    #expect(try Company.answers(at: company.hub) == 4)
    for (after, end) in [(size, size), (size - 2, size - 2), (size - 1, size - 2)] {
      let ends = try company.hub.revoke("branch", after: after)
      #expect(ends == [Address(log: log, seq: end)])
      #expect(try Company.answers(at: company.hub) == Int(4 - (size - end)))
    }
    try expectSound(company.hub)
  }

  @Test func `a revoked site's successor counts nothing either`() throws {
    let company = try Company()
    try Company.record(2, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    try company.hub.revoke("branch")
    try company.branch.startSuccessor(.copied)
    try Company.record(4, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    #expect(try Company.answers(at: company.hub) == 2)
    #expect(try standing(of: "branch", at: company.hub) == .revoked)
    try expectSound(company.hub)
  }

  @Test func `a retired site counts for ever, and what comes late is held`() throws {
    let company = try Company()
    try Company.record(2, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    let heads = try company.hub.retire("branch")
    #expect(heads.map(\.log) == [company.branch.log])
    try Company.record(1, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    #expect(try Company.answers(at: company.hub) == 2)
    #expect(try standing(of: "branch", at: company.hub) == .retired)
    try expectSound(company.hub)
  }

  @Test func `what a retired site goes on with counts nothing before a person has approved it`()
    throws
  {
    let company = try Company()
    try Company.record(2, at: company.branch)
    // A log that it went on with before stays: it was decided about too.
    try company.branch.startSuccessor(.copied)
    try Company.record(1, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    try company.hub.retire("branch")
    #expect(try Company.answers(at: company.hub) == 3)
    try company.branch.startSuccessor(.copied)
    try Company.record(4, at: company.branch)
    for _ in 0..<2 { _ = try company.branch.sync(with: company.hub) }
    for ledger in [company.hub, company.branch] { #expect(try Company.answers(at: ledger) == 3) }
    #expect(try company.hub.applicants().map(\.standing) == [.afterRetirement])
    try expectSound(company.hub)
    try company.hub.approve("branch")
    #expect(try Company.answers(at: company.hub) == 7)
    try expectSound(company.hub)
  }

  @Test func `who may not decide, or names nobody, is told`() throws {
    let company = try Company()
    _ = try company.branch.sync(with: company.hub)
    #expect(throws: LedgerError.notAuthority(site: "branch")) {
      try company.branch.revoke("head office")
    }
    #expect(throws: LedgerError.authorityStays("head office")) {
      try company.hub.retire("head office")
    }
    #expect(throws: LedgerError.unknownSite("brunch", known: ["branch", "head office"])) {
      try company.hub.revoke("brunch")
    }
    let sizes = try company.hub.heads().map(\.head.size)
    _ = try? company.hub.revoke("brunch")
    #expect(try company.hub.heads().map(\.head.size) == sizes, "a refusal records nothing")
  }

  @Test func `sites says what each needs`() throws {
    var company = try Company()
    let newcomer = try company.world.join("newcomer", at: company.folder.path("newcomer.ledger"))
    try Company.record(1, at: company.branch)
    let now = company.hubClock.now().microseconds
    // More than any clock of the company was wrong before.
    company.branchClock.turn(seconds: 172_800)
    try Company.record(1, at: company.branch)
    company.branchClock.set(company.hubClock.now())
    _ = try company.branch.sync(with: company.hub)
    let branch = try #require(try company.hub.sites().first { $0.site == "branch" })
    #expect(branch.standing == .ok && branch.logs == [company.branch.log])
    #expect(branch.clockSkew / 1_000_000_000 == 172)
    #expect(try #require(branch.lastRecorded).microseconds > now)
    // Each look at the clock lets a little of it pass.
    #expect((0..<1_000_000).contains(try #require(branch.lag)))
    company.hubClock.turn(seconds: 7_200)
    let later = try #require(try company.hub.sites().first { $0.site == "branch" }?.lag)
    #expect((7_200_000_000..<7_201_000_000).contains(later))
    let figures = try company.hub.figures().sites
    #expect(figures.map(\.site) == ["branch"] && (7_200..<7_201).contains(figures[0].lagSeconds))
    #expect(branch.lastContact != nil)
    let own = try #require(try company.hub.sites().first { $0.site == "head office" })
    #expect(own.standing == .ok && own.lag == nil && own.pending == 0)

    // A newcomer heard of by a ledger that is not the authority waits for its enrolment.
    try Company.record(2, at: newcomer)
    _ = try newcomer.sync(with: company.branch)
    let waiting = try #require(try company.branch.sites().first { $0.site == "newcomer" })
    #expect(waiting.standing == .pending && waiting.pending == waiting.events)

    let twin = try company.twin()
    try Company.record(1, at: twin)
    try Company.record(1, at: company.branch)
    for ledger in [twin, company.branch] { _ = try ledger.sync(with: company.hub) }
    #expect(try standing(of: "branch", at: company.hub) == .forked, "one machine does not know yet")
    _ = try twin.sync(with: company.hub)
    #expect(try standing(of: "branch", at: company.hub) == .cloned)
  }

  private func standing(of site: String, at ledger: Ledger) throws -> SiteStatus.Standing? {
    try ledger.sites().first { $0.site == site }?.standing
  }

  private func held(_ log: LogID, at ledger: Ledger) throws -> UInt64? {
    try ledger.heads().first { $0.head.log == log }?.head.size
  }
}
