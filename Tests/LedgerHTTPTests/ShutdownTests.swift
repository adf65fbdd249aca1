import FeedbackLedger
import LedgerCore
import LedgerHTTP
import LedgerStore
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
    try await Hub.serving(hub) { server in
      async let session = server.sync(branch)
      // As soon as something has come, and long before all has.
      let deadline = ContinuousClock.now + .seconds(120)
      while try hub.store.read({ $1.log(branch.log)?.size ?? 0 }) == 0, .now < deadline {
        try await Task.sleep(for: .milliseconds(2))
      }
      await server.stop()
      _ = try? await session
    }
    let held = try hub.store.read { $1.log(branch.log)?.size ?? 0 }
    #expect(held > 0)
    #expect(try hub.verify().findings.isEmpty)
    try await Hub.serving(hub) { server in try await server.sync(branch) }
    try expectEqual(hub, branch)
  }
}
