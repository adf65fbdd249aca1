import FeedbackLedger
import Foundation
import LedgerCore
import LedgerHTTP
import TestSupport
import Testing

/// That a site was there, and what its clock said, also where it brought nothing.
@Suite("Contacts") struct ContactTests {
  private static func branch(at hub: Ledger) throws -> SiteStatus {
    try #require(try hub.sites().first { $0.site == "branch" })
  }

  private static func seconds(_ microseconds: Int64) -> Int64 { microseconds / 1_000_000 }

  @Test func `a site that brings nothing is noted all the same, with its clock`() async throws {
    let folder = try TemporaryFolder()
    let (world, branch) = try Hub.withBranch(seed: 77, in: folder)
    let hub = world.authority
    let (hubClock, branchClock) = (world.sites[0].clock, world.sites[1].clock)
    branchClock.set(hubClock.time)
    func session() async throws -> HubSync.Outcome {
      try await Hub.serving(hub) { try await $0.sync(branch) }
    }
    _ = try await session()
    let first = try Self.branch(at: hub)
    #expect(Self.seconds(first.clockAhead) == 0)
    // Fifty minutes later by the hub's clock, a day and an hour before by the branch's.
    hubClock.turn(seconds: 3_000)
    branchClock.turn(seconds: -90_000)
    let outcome = try await session()
    #expect(outcome.there.received == 0 && outcome.here.received == 0)
    #expect((92_999...93_001).contains(Self.seconds(try #require(outcome.here.clockAhead))))
    let second = try Self.branch(at: hub)
    let pause =
      try #require(second.lastContact).microseconds
      - (try #require(first.lastContact)).microseconds
    #expect((3_000...3_001).contains(Self.seconds(pause)))
    #expect((-93_001 ... -92_999).contains(Self.seconds(second.clockAhead)))
    let warning = ScoreWarning.clockBehind(site: "branch", hours: 25)
    #expect(try hub.score(ScoreRequest(metric: "nps")).warnings.contains(warning))
    // A minute later it was set right: that is news, and the pause is none.
    branchClock.set(hubClock.time)
    _ = try await session()
    #expect(Self.seconds(try Self.branch(at: hub).clockAhead) == 0)
    #expect(try !hub.score(ScoreRequest(metric: "nps")).warnings.contains(warning))
    let third = try Self.branch(at: hub)
    hubClock.turn(seconds: 60)
    branchClock.turn(seconds: 60)
    _ = try await session()
    #expect(try Self.branch(at: hub).lastContact == third.lastContact, "within ten minutes")
  }

  @Test func `it is written down while the hub serves, when it is quiet`() async throws {
    let folder = try TemporaryFolder()
    let (world, branch) = try Hub.withBranch(seed: 78, in: folder)
    let hub = world.authority
    try await Hub.serving(hub) { try await $0.sync(branch) }
    let before = try #require(try Self.branch(at: hub).lastContact)
    world.sites[0].clock.turn(seconds: 3_600)
    var limits = HubLimits()
    limits.quietSeconds = 1
    let (pauses, quiet) = AsyncStream.makeStream(of: Void.self)
    try await Hub.serving(hub, limits: limits, onQuiet: { quiet.yield() }) { server in
      try await server.sync(branch)
      var told = pauses.makeAsyncIterator()
      _ = await told.next()
      #expect(try #require(try Self.branch(at: hub).lastContact) > before)
    }
  }

  @Test func `a hub that cannot write it down now answers, and writes it later`() async throws {
    let folder = try TemporaryFolder()
    let (world, branch) = try Hub.withBranch(seed: 79, in: folder)
    let hub = world.authority
    try await Hub.serving(hub) { try await $0.sync(branch) }
    let before = try #require(try Self.branch(at: hub).lastContact)
    world.sites[0].clock.turn(seconds: 3_600)
    let lock = open(try #require(hub.store.path) + "-lock", O_RDWR)
    #expect(flock(lock, LOCK_EX) == 0)
    try await Hub.serving(hub) { server in
      let outcome = try await server.sync(branch)
      #expect(outcome.attempts == 1)
      #expect(try Self.branch(at: hub).lastContact == before)
      close(lock)
    }
    #expect(try #require(try Self.branch(at: hub).lastContact) > before)
  }
}
