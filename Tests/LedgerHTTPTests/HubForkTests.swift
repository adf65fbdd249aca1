import FeedbackLedger
import LedgerCore
import LedgerHTTP
import LedgerStore
import TestSupport
import Testing

/// Law 10 over HTTP: a copied machine is named, and harms its own log only. A hub cannot ask; what it needs for the
/// proof comes with the request.
@Suite struct `Forks through a hub` {
  @Test(arguments: [(1, 1), (1, 4), (4, 1), (200, 90)])
  func `two copies of a branch are told apart, proven and repeated`(
    first: Int, second: Int
  ) async throws {
    let folder = try TemporaryFolder()
    var world = try World(seed: 41, branches: 0, folder: folder)
    let branch = try world.join("branch", at: folder.path("branch.ledger"))
    let hub = world.authority
    try branch.recordAnswers(20)
    let clock = world.sites[1].clock
    try await Hub.serving(hub) { server in
      for _ in 0..<2 { try await server.sync(branch) }
      let twin = try Twin.of(
        branch, named: "twin.ledger", in: folder, surroundings: clock.surroundings)
      try branch.recordAnswers(first)
      clock.turn(seconds: 60)
      try twin.recordAnswers(second)
      for _ in 0..<4 {
        try await server.sync(branch)
        try await server.sync(twin)
      }
      let forked = try #require(try hub.forks().first)
      #expect(forked.site == "branch")
      #expect(branch.log != twin.log)
      let total = Int64(20 + first + second)
      for ledger in [hub, branch, twin] {
        #expect(try StoreCounters(ledger).kept().total(.nps) == total, "\(ledger.log)")
      }
      #expect(try StoreCounters(hub).kept() == StoreCounters(twin).kept())
    }
    #expect(try hub.verify().findings.isEmpty)
  }
}
