import FeedbackLedger
import LedgerCore
import LedgerStore
import Testing
import TestSupport

@Suite struct `Sites that are silent` {
  private let company: Company
  private let day: Int64 = 86_400

  init() throws {
    company = try Company()
    for _ in 0..<6 {
      turn(days: 1)
      try Company.record(1, at: company.branch)
      _ = try company.branch.sync(with: company.hub)
    }
  }

  private func turn(days: Int64) {
    company.hubClock.turn(seconds: days * day)
    company.branchClock.turn(seconds: days * day)
  }

  private func silent(at point: PointInTime = .now) throws -> [ScoreWarning] {
    try company.hub.score(ScoreRequest(metric: "nps", at: point)).warnings.filter {
      if case .silent = $0 { true } else { false }
    }
  }

  @Test func `a branch that syncs daily is named on the fourth day without it`() throws {
    turn(days: 3)
    #expect(try silent().isEmpty)
    turn(days: 1)
    #expect(try silent() == [.silent(site: "branch", days: 4)])
    try Company.record(1, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    #expect(try silent().isEmpty)
  }

  @Test func `the list of sites says it too, as long as nothing comes`() throws {
    func standings() throws -> [String: SiteStatus.Standing] {
      Dictionary(uniqueKeysWithValues: try company.hub.sites().map { ($0.site, $0.standing) })
    }
    turn(days: 3)
    #expect(try standings() == ["branch": .ok, "head office": .ok])
    turn(days: 1)
    #expect(try standings() == ["branch": .silent(days: 4), "head office": .ok])
    try Company.record(1, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    #expect(try standings() == ["branch": .ok, "head office": .ok])
  }

  @Test func `a point in time is looked at from then, not from today`() throws {
    let then = company.hubClock.now()
    turn(days: 30)
    #expect(try silent(at: .received(then)).isEmpty)
    let later = Instant(microseconds: then.microseconds + 10 * day * 1_000_000)
    #expect(try silent(at: .received(later)) == [.silent(site: "branch", days: 10)])
    let clock = try company.hub.store.read { $1.clock }
    #expect(try silent(at: .clock(clock)).isEmpty)
  }

  @Test func `nobody waits for the own site, or for one that is retired`() throws {
    turn(days: 30)
    #expect(try silent() == [.silent(site: "branch", days: 30)])
    try Retirement.retire(company.branch, by: company.hub)
    #expect(try silent().isEmpty)
  }
}
