import FeedbackLedger
import Foundation
import LedgerCore
import LedgerHTTP
import LedgerStore
import LedgerSync
import TestSupport
import Testing

/// What is the matter with the hub itself is told to a branch as such, and to nobody in more words than that.
@Suite struct `A hub that is itself at fault` {
  private static let secret = "Wellensittich"
  private static let address = Address(log: LogID(high: 1, low: 2), seq: 3)

  private enum Unforeseen: Error {
    case plain
    case saying(String)
  }

  private struct Worded: Error, CustomStringConvertible {
    var description: String { "Wellensittich" }
  }

  @Test func `each of its errors has one kind, and a name without what is in it`() {
    let cases: [(error: any Error, kind: HubFailure, name: String)] = [
      (StoreError.sqlite(code: 13, message: Self.secret), .diskFull, "SQLite 13"),
      (CocoaError(.fileWriteOutOfSpace), .diskFull, "CocoaError 640"),
      (StoreError.sqlite(code: 5, message: Self.secret), .locked, "SQLite 5"),
      (StoreError.sqlite(code: 6, message: Self.secret), .locked, "SQLite 6"),
      // SQLITE_BUSY_SNAPSHOT: the kind is in the low byte.
      (StoreError.sqlite(code: 517, message: Self.secret), .locked, "SQLite 517"),
      (StoreError.locked(path: Self.secret, waitedSeconds: 10), .locked, "StoreError.locked"),
      (StoreError.sqlite(code: 11, message: Self.secret), .damaged, "SQLite 11"),
      (StoreError.sqlite(code: 26, message: Self.secret), .damaged, "SQLite 26"),
      (StoreError.missingSetting(Self.secret), .damaged, "StoreError.missingSetting"),
      (StoreError.missingEntry(Self.address), .damaged, "StoreError.missingEntry"),
      (StoreError.undecodableEntry(Self.address), .damaged, "StoreError.undecodableEntry"),
      (StoreError.damagedView(Self.secret), .damaged, "StoreError.damagedView"),
      (StoreError.notALedger(path: Self.secret, found: 1), .damaged, "StoreError.notALedger"),
      (StoreError.sqlite(code: 1, message: Self.secret), .unforeseen, "SQLite 1"),
      (StoreError.full, .unforeseen, "StoreError.full"),
      (StoreError.schemaChanged, .unforeseen, "StoreError.schemaChanged"),
      (CocoaError(.fileNoSuchFile), .unforeseen, "CocoaError 4"),
      (Unforeseen.plain, .unforeseen, "Unforeseen.plain"),
      (Unforeseen.saying(Self.secret), .unforeseen, "Unforeseen.saying"),
      (Worded(), .unforeseen, "Worded"),
    ]
    for (error, kind, name) in cases {
      #expect(HubFailure(error) == kind, "\(name)")
      #expect(HubFailure.name(of: error) == name)
    }
  }

  @Test func `each kind has its status, and is tried again`() {
    #expect(HubFailure.allCases.map(\.statusCode) == [507, 503, 500, 500])
    for failure in HubFailure.allCases {
      let error = HubError.failed(failure, at: "hub.example", retryAfterSeconds: 2)
      #expect(error.isTransient)
      #expect(error.retryAfterSeconds == 2)
    }
  }

  @Test func `a full disk is told to the branch, and when there is room the session goes through`()
    async throws
  {
    let folder = try TemporaryFolder()
    let (world, branch) = try Hub.withBranch(seed: 94, in: folder)
    let hub = world.authority
    try await Hub.serving(hub) { server in
      try await server.sync(branch)
      try branch.recordAnswers(5_000)
      // No page more than there are.
      try hub.store.run("PRAGMA max_page_count = 1")
      let full = HubError.failed(
        .diskFull, at: "127.0.0.1:\(server.port)", retryAfterSeconds: 0)
      await #expect(throws: full) { try await server.sync(branch) }
      try hub.store.run("PRAGMA max_page_count = 1073741823")
      try await server.sync(branch)
      try expectEqual(hub, branch)
    }
    #expect(try hub.verify().findings.isEmpty)
  }

  /// Waits for as long as a hub waits for its ledger: ten seconds.
  @Test(.timeLimit(.minutes(2)))
  func `a ledger that is kept locked is told to the branch, with when to come again`()
    async throws
  {
    let folder = try TemporaryFolder()
    let (world, branch) = try Hub.withBranch(seed: 95, in: folder)
    let hub = world.authority
    var limits = HubLimits()
    limits.retryAfterSeconds = 7
    try await Hub.serving(hub, limits: limits) { server in
      try await server.sync(branch)
      try branch.recordAnswers(5)
      let lock = open(try #require(hub.store.path) + "-lock", O_RDWR)
      #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
      let locked = HubError.failed(
        .locked, at: "127.0.0.1:\(server.port)", retryAfterSeconds: 7)
      await #expect(throws: locked) { try await server.sync(branch) }
      close(lock)
      try await server.sync(branch)
      try expectEqual(hub, branch)
    }
  }
}
