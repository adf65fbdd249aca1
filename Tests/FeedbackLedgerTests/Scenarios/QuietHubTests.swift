import FeedbackLedger
import LedgerCore
import LedgerStore
import TestSupport
import Testing

/// A ledger that records nothing vouches all the same for what it has taken in (DESIGN §2.4).
@Suite struct `Scenarios of a hub that records nothing` {
  @Test func `what a hub has seen is known at the hub`() throws {
    let company = try Company()
    company.turn(hours: 2)
    try Company.record(3, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    let known = CutSelector.known(site: "head office", company.hubClock.time)
    #expect(try StoreCounters(company.hub).replayed(known).total(.nps) == 3)
    // The branch hears of it too: its answer is the hub's.
    _ = try company.branch.sync(with: company.hub)
    #expect(try StoreCounters(company.branch).replayed(known).total(.nps) == 3)
    try expectSound(company.hub, company.branch)
  }

  @Test func `two quiet hubs that sync for ever say nothing after the first hour's answers`() throws
  {
    var company = try Company()
    let regional = try company.world.join("regional hub")
    company.turn(hours: 2)
    try Company.record(3, at: company.branch)
    _ = try company.branch.sync(with: regional)
    func pass() throws -> [Head] {
      company.turn(hours: 2)
      _ = try regional.sync(with: company.hub)
      return try company.hub.heads().map(\.head)
    }
    for _ in 0..<3 { _ = try pass() }
    let settled = try pass()
    for _ in 0..<10 { #expect(try pass() == settled) }
  }

  @Test func `a hub observes once an hour, and then what came inside the hour too`() throws {
    let company = try Company()
    company.turn(hours: 2)
    func recordAndSync() throws -> UInt64 {
      try Company.record(1, at: company.branch)
      _ = try company.branch.sync(with: company.hub)
      return try company.size(of: company.hub)
    }
    let first = try recordAndSync()
    for _ in 0..<5 { #expect(try recordAndSync() == first) }
    company.turn(hours: 1)
    // This session brings nothing that the hub lacks.
    _ = try company.branch.sync(with: company.hub)
    #expect(try company.size(of: company.hub) == first + 1)
    let known = CutSelector.known(site: "head office", company.hubClock.time)
    #expect(try StoreCounters(company.hub).replayed(known).total(.nps) == 6)
  }

  @Test func `a hub whose clock was put back by a year is not silent for a year`() throws {
    let company = try Company()
    company.turn(hours: -24 * 365)
    let before = try company.size(of: company.hub)
    for _ in 0..<3 {
      try Company.record(1, at: company.branch)
      _ = try company.branch.sync(with: company.hub)
    }
    #expect(try company.size(of: company.hub) == before + 1)
  }

  @Test func `who records after a session observes then, and not twice`() throws {
    let company = try Company()
    try Company.record(1, at: company.hub)
    let size = try company.size(of: company.hub)
    try Company.record(1, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    // Inside the hour: the next own event brings the observation.
    #expect(try company.size(of: company.hub) == size)
    try Company.record(1, at: company.hub)
    #expect(try company.size(of: company.hub) == size + 2)
  }
}

extension Company {
  fileprivate func turn(hours: Int) {
    for site in world.sites { site.clock.turn(seconds: Int64(hours) * 3_600) }
  }

  /// Of the ledger's own log.
  fileprivate func size(of ledger: Ledger) throws -> UInt64 {
    try ledger.store.read { $1.ownLog?.size ?? 0 }
  }
}
