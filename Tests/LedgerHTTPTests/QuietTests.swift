import FeedbackLedger
import LedgerHTTP
import Synchronization
import TestSupport
import Testing

@Suite struct `A hub without work` {
  /// The program gives memory back then.
  @Test func `says so, and once for every time`() async throws {
    var world = try World(seed: 12, branches: 0)
    let branch = try world.join("branch")
    let said = Mutex(0)
    try await Hub.serving(world.authority, onQuiet: { said.withLock { $0 += 1 } }) { server in
      #expect(said.withLock { $0 } == 0)
      for _ in 0..<2 {
        let before = said.withLock { $0 }
        try await server.sync(branch)
        for _ in 0..<100 where said.withLock({ $0 }) == before {
          try await Task.sleep(for: .milliseconds(100))
        }
        let after = said.withLock { $0 }
        #expect(after > before)
        try await Task.sleep(for: .seconds(3))
        #expect(said.withLock { $0 } == after)
      }
    }
  }
}
