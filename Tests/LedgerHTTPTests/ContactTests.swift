import FeedbackLedger
import Foundation
import LedgerCore
import LedgerHTTP
import LedgerStore
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
    #expect(Self.seconds(first.clockSkew) == 0)
    // Fifty minutes later by the hub's clock, a day and an hour before by the branch's.
    hubClock.turn(seconds: 3_000)
    branchClock.turn(seconds: -90_000)
    let outcome = try await session()
    #expect(outcome.there.received == 0 && outcome.here.received == 0)
    #expect((92_999...93_001).contains(Self.seconds(try #require(outcome.here.clockSkew))))
    let second = try Self.branch(at: hub)
    let pause =
      try #require(second.lastContact).microseconds
      - (try #require(first.lastContact)).microseconds
    #expect((3_000...3_001).contains(Self.seconds(pause)))
    #expect((-93_001 ... -92_999).contains(Self.seconds(second.clockSkew)))
    let warning = ScoreWarning.clockBehind(site: "branch", hours: 25)
    #expect(try hub.score(ScoreRequest(metric: "nps")).warnings.contains(warning))
    // A minute later it was set right: that is news, and the pause is none.
    branchClock.set(hubClock.time)
    _ = try await session()
    #expect(Self.seconds(try Self.branch(at: hub).clockSkew) == 0)
    #expect(try !hub.score(ScoreRequest(metric: "nps")).warnings.contains(warning))
    let third = try Self.branch(at: hub)
    hubClock.turn(seconds: 60)
    branchClock.turn(seconds: 60)
    _ = try await session()
    #expect(try Self.branch(at: hub).lastContact == third.lastContact, "within ten minutes")
  }

  @Test(.timeLimit(.minutes(1)))
  func `it is written down while the hub serves, when it is quiet`() async throws {
    let folder = try TemporaryFolder()
    let (world, branch) = try await Self.served(seed: 78, in: folder)
    let hub = world.authority
    let before = try Self.branch(at: hub).lastContact
    world.sites[0].clock.turn(seconds: 3_600)
    var limits = HubLimits()
    limits.quietSeconds = 1
    let (pauses, quiet) = AsyncStream.makeStream(of: Void.self)
    try await Hub.serving(hub, limits: limits, onQuiet: { quiet.yield() }) { server in
      try await server.sync(branch)
      // On a machine that is slow there may be a pause in the midst of the session.
      for await _ in pauses where try Self.branch(at: hub).lastContact != before { break }
    }
  }

  @Test func `what cannot be written down is kept, and a hub that is never quiet writes as well`()
    async throws
  {
    let folder = try TemporaryFolder()
    let (world, branch) = try await Self.served(seed: 79, in: folder)
    let hub = world.authority
    let before = try Self.branch(at: hub).lastContact
    world.sites[0].clock.turn(seconds: 3_600)
    let contacts = HubContacts(hub, secondsMax: 0)
    let lock = open(try #require(hub.store.path) + "-lock", O_RDWR)
    #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
    let now = world.sites[0].clock.now()
    try await Hub.blocking { try contacts.note(try branch.holdings().question, at: now) }
    #expect(try Self.branch(at: hub).lastContact == before)
    close(lock)
    contacts.write()
    #expect(try Self.branch(at: hub).lastContact == now)
    // Another one is due at once.
    let later = Instant(microseconds: now.microseconds + 3_600_000_000)
    try contacts.note(try branch.holdings().question, at: later)
    #expect(try Self.branch(at: hub).lastContact == later)
  }

  @Test func `of a log that is not held nothing is noted`() async throws {
    let folder = try TemporaryFolder()
    let (world, branch) = try Hub.withBranch(seed: 80, in: folder)
    let contacts = HubContacts(world.authority, secondsMax: 0)
    let now = world.sites[0].clock.now()
    try contacts.note(try branch.holdings().question, at: now)
    let noted = try world.authority.store.read { database, _ in
      try ContactTable(database).last(of: branch.log)
    }
    #expect(noted == nil)
  }

  /// A hub as a file and a branch, after their first session.
  private static func served(
    seed: UInt64, in folder: TemporaryFolder
  ) async throws -> (world: World, branch: Ledger) {
    let (world, branch) = try Hub.withBranch(seed: seed, in: folder)
    try await Hub.serving(world.authority) { try await $0.sync(branch) }
    return (world, branch)
  }
}
