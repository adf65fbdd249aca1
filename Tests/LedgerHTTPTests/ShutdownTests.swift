import FeedbackLedger
import LedgerCore
import LedgerHTTP
import LedgerSchema
import LedgerStore
import LedgerSync
import TestSupport
import Testing

@Suite struct `A hub that is stopped` {
  @Test func `in the middle of a session leaves whole batches, and the next run takes the rest`()
    async throws
  {
    let folder = try TemporaryFolder()
    var world = try World(seed: 31, branches: 0, folder: folder)
    let branch = try world.join("branch")
    let hub = world.authority
    for _ in 0..<6 { try branch.recordAnswers(9_000) }
    let ends = try Self.batchEnds(of: branch)
    try await Hub.serving(hub) { server in
      async let session = server.sync(branch)
      // As soon as something has come, and long before all has.
      let deadline = ContinuousClock.now + .seconds(120)
      while try hub.store.read({ $1.log(branch.log)?.size ?? 0 }) == 0, .now < deadline {
        try await Task.sleep(for: .milliseconds(2))
      }
      await server.stop()
      let isWhole = (try? await session) != nil
      #expect(!isWhole)
    }
    let held = try hub.store.read { $1.log(branch.log)?.size ?? 0 }
    let total = try #require(ends.last)
    #expect(0 < held && held < total)
    #expect(ends.contains(held), "\(held) of \(total) is in the middle of a batch")
    try Self.expectSignedPrefix(of: branch, ofSize: held, at: hub)
    #expect(try hub.verify().findings.isEmpty)
    try await Hub.serving(hub) { server in try await server.sync(branch) }
    #expect(try StoreCounters(hub).kept().total(.nps) == 54_000)
    try expectEqual(hub, branch)
  }

  /// The sizes of its own log at which the batches end that bring all of it to a hub.
  private static func batchEnds(of ledger: Ledger) throws -> [UInt64] {
    let total = try ledger.holdings().clock[ledger.log]
    let want = Scorebook_V1_Want([(ledger.log, 1...total)])
    var end: UInt64 = 0
    return try ledger.batches(of: want, for: .anyone, max: .max).map { batch in
      end += UInt64(batch.runs.reduce(0) { $0 + $1.entries.count })
      return end
    }
  }

  /// Whoever asks the hub can be given what it holds: it is the beginning of the log, and its
  /// writer has signed for it.
  private static func expectSignedPrefix(
    of writer: Ledger, ofSize size: UInt64, at hub: Ledger
  ) throws {
    let log = writer.log
    let root = try writer.store.read { database, state in
      try state.log(log)?.root(ofSize: size, database)
    }
    let promise = try #require(try hub.holdings().heads.first { $0.log == log })
    #expect(promise.head.size == size && promise.head.root == root)
    try promise.verify(ledger: hub.ledgerID, key: try writer.identity.publicKey())
  }
}
