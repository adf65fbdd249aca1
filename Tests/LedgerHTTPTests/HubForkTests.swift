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
  func `scenario 2: two laptops from one image lose nothing, and the hub shows both heads`(
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
      let log = branch.log
      let laptops = try [branch, twin].map { try ReferenceLogs(of: $0).logs[log] ?? [] }
      for _ in 0..<4 {
        try await server.sync(branch)
        try await server.sync(twin)
      }
      let forked = try #require(try hub.forks().first)
      #expect(forked.site == "branch" && forked.log == log)
      try Self.expectHeads(of: forked, at: laptops)
      #expect(try hub.sites().contains { $0.site == "branch" && $0.standing == .cloned })
      #expect(branch.log != twin.log)
      let total = Int64(20 + first + second)
      for ledger in [hub, branch, twin] {
        #expect(try StoreCounters(ledger).kept().total(.nps) == total, "\(ledger.log)")
      }
      #expect(try StoreCounters(hub).kept() == StoreCounters(twin).kept())
    }
    #expect(try hub.verify().findings.isEmpty)
  }

  /// Of each laptop one head, which the other one never had.
  private static func expectHeads(
    of forked: ClonedLog, at laptops: [[ReferenceLogs.Entry]],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let owners = forked.heads.map { head in
      laptops.indices.filter { number in
        let entries = laptops[number]
        return head.size <= entries.count && entries[Int(head.size) - 1].root == head.root
      }
    }
    #expect(
      owners.sorted { $0.lexicographicallyPrecedes($1) } == [[0], [1]], "\(forked.heads)",
      sourceLocation: sourceLocation)
  }

  /// A copy of the file is noticed when it is opened: nothing forks.
  @Test
  func `scenario 2: two laptops from a copied ledger file go on, and no event is lost`()
    async throws
  {
    let folder = try TemporaryFolder()
    var world = try World(seed: 42, branches: 0, folder: folder)
    let branch = try world.join("branch", at: folder.path("branch.ledger"))
    let hub = world.authority
    try branch.recordAnswers(20)
    try await Hub.serving(hub) { server in try await server.sync(branch) }
    try world.copy(site: 1, named: "copy.ledger", in: folder)
    let copy = world.ledgers[2]
    #expect(copy.log != branch.log)
    try await Hub.serving(hub) { server in
      for round in 1...3 {
        try branch.recordAnswers(round)
        try copy.recordAnswers(10 * round)
        for ledger in [branch, copy, branch] { try await server.sync(ledger) }
      }
      try await server.sync(copy)
    }
    for ledger in [hub, branch, copy] {
      #expect(try StoreCounters(ledger).kept().total(.nps) == 20 + 6 + 60)
      #expect(try ledger.forks().isEmpty)
      #expect(try ledger.verify().findings.isEmpty)
    }
    let rows = try hub.score(ScoreRequest(metric: "nps", groupings: [.site])).rows
    #expect(rows.map(\.group) == [["branch"]])
  }
}
