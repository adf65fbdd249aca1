import FeedbackLedger
import LedgerCore
import LedgerHTTP
import LedgerSchema
import LedgerStore
import LedgerSync
import TestSupport
import Testing

/// Law 4 over HTTP: after a session with a hub both sides hold and answer the same.
@Suite struct `Sync with a hub` {
  @Test(arguments: [false, true])
  func `an invited site and its hub converge both ways`(isTLS: Bool) async throws {
    var world = try World(seed: 1, branches: 0)
    let branch = try world.join("branch")
    let hub = world.authority
    try hub.recordAnswers(30)
    try branch.recordAnswers(20)
    let certificate = isTLS ? try HubCertificate.selfSigned(names: ["127.0.0.1"]) : nil
    try await Hub.serving(hub, certificate) { server in
      let first = try await server.sync(branch)
      #expect(first.there.received > 20)
      #expect(first.there.enrolled == ["branch"])
      #expect(first.here.received > 30)
      #expect(first.here.refusals.isEmpty && first.there.refusals.isEmpty)
      try expectEqual(hub, branch)
      try branch.recordAnswers(3)
      let second = try await server.sync(branch)
      #expect(second.there.received > 2)
      try expectEqual(hub, branch)
    }
    #expect(try hub.verify().findings.isEmpty)
    #expect(try branch.verify().findings.isEmpty)
  }

  /// Another one costs some five kilobytes and a few times the way there and back.
  @Test(arguments: [false, true])
  func `all requests of a session travel over one connection`(isTLS: Bool) async throws {
    let (hub, branch) = try Hub.withBranch(seed: 18)
    try branch.recordAnswers(20)
    try hub.recordAnswers(20)
    let certificate = isTLS ? try HubCertificate.selfSigned(names: ["127.0.0.1"]) : nil
    try await Hub.serving(hub, certificate) { server in
      let proxy = try CuttingProxy(to: server.port)
      let outcome = try await server.sync(branch, port: proxy.port)
      #expect(outcome.here.received >= 20 && outcome.there.received >= 20)
      #expect(proxy.connectionCount == 1)
    }
  }

  @Test func `a site that has begun several logs since the hub heard of it is let in`() async throws
  {
    let (hub, branch) = try Hub.withBranch(seed: 17)
    try await Hub.serving(hub) { server in
      for count in [2, SyncLimits.predecessorsMax + 1] {
        let before = try StoreCounters(hub).kept().total(.nps)
        for _ in 0..<count { try branch.startSuccessor(.copied) }
        try branch.recordAnswers(1)
        try await server.sync(branch)
        try expectEqual(hub, branch)
        #expect(try StoreCounters(hub).kept().total(.nps) == before + 1)
      }
      // One more than a join shows: another way is left, and then it is let in again.
      for _ in 0..<SyncLimits.predecessorsMax + 2 { try branch.startSuccessor(.copied) }
      await #expect(throws: HubError.refused(.uninvited(log: branch.log))) {
        try await server.sync(branch)
      }
      var join = try branch.joining()
      join.predecessors.append(join.firstEntry)
      let limit = SyncLimits.predecessorsMax
      #expect(throws: SyncRefusal.tooMany(what: "predecessors", got: limit + 1, limit: limit)) {
        try hub.requestKey(of: join)
      }
      _ = try branch.sync(with: hub)
      try await server.sync(branch)
      try expectEqual(hub, branch)
    }
  }

  @Test func `what goes on from a revoked log, in how many ever steps, is let in no more`()
    async throws
  {
    let (hub, branch) = try Hub.withBranch(seed: 18)
    try hub.revoke("branch")
    let before = try (hub.holdings().digest, branch.holdings().clock[hub.log])
    for _ in 0..<2 {
      try branch.startSuccessor(.copied)
      try await Hub.serving(hub) { server in
        await #expect(throws: HubError.revoked(branch.log)) { try await server.sync(branch) }
      }
    }
    // Nothing was said to it, and nothing taken.
    #expect(try hub.holdings().digest == before.0)
    #expect(try branch.holdings().clock[hub.log] == before.1)
  }

  @Test(arguments: Seeds.all.prefix(6))
  func `a random company converges through its hub as it does on one machine`(
    seed: UInt64
  ) async throws {
    var world = try World(seed: seed, branches: 3)
    try world.run(steps: 30)
    let ledgers = world.ledgers
    try await Hub.serving(world.authority) { server in
      for _ in 0..<3 {
        for ledger in ledgers.dropFirst() { try await server.sync(ledger) }
      }
    }
    for ledger in ledgers.dropFirst() { try expectEqual(world.authority, ledger) }
  }

  @Test func `a branch reaches the hub through a regional hub, with its own signatures`()
    async throws
  {
    var world = try World(seed: 3, branches: 0)
    let top = world.authority
    let regional = try world.join("regional")
    let branch = try world.join("branch")
    try branch.recordAnswers(7)
    try await Hub.serving(top) { upper in
      try await Hub.serving(regional) { lower in
        try await lower.sync(branch)
        try await upper.sync(regional)
        let held = try top.store.read { $1.log(branch.log)?.size }
        #expect(try branch.store.read { $1.ownLog?.size } == held)
        try await lower.sync(branch)
        try await upper.sync(regional)
        try await lower.sync(branch)
      }
    }
    try expectEqual(top, branch)
    try expectEqual(top, regional)
    #expect(try top.verify().findings.isEmpty)
  }

  @Test func `nothing new costs one exchange of digests, and less than 4 KiB`() async throws {
    var world = try World(seed: 4, branches: 0)
    for number in 0..<99 {
      let site = try world.join("site \(number)")
      _ = try site.sync(with: world.authority)
    }
    let branch = world.ledgers[1]
    _ = try branch.sync(with: world.authority)
    try await Hub.serving(world.authority) { server in
      let proxy = try CuttingProxy(to: server.port)
      try await server.sync(branch, port: proxy.port)
      proxy.reset()
      let outcome = try await server.sync(branch, port: proxy.port)
      #expect(outcome.here.received == 0 && outcome.there.received == 0)
      let bytes = proxy.bytes(.up) + proxy.bytes(.down)
      #expect(bytes > 0 && bytes <= 4_096, "\(proxy.bytes(.up)) up, \(proxy.bytes(.down)) down")
      print("nothing new: \(proxy.bytes(.up)) up, \(proxy.bytes(.down)) down, \(outcome.seconds) s")
    }
  }

  @Test func `more than one request holds goes in several, both ways`() async throws {
    var world = try World(seed: 5, branches: 0)
    let branch = try world.join("branch")
    var limits = HubLimits()
    limits.batchesPerAnswerMax = 2
    for _ in 0..<5 {
      try branch.recordAnswers(9_000)
      try world.authority.recordAnswers(4_000)
    }
    try await Hub.serving(world.authority, limits: limits) { server in
      let outcome = try await server.sync(branch)
      #expect(outcome.there.received >= 45_000)
      #expect(outcome.here.received >= 20_000)
    }
    try expectEqual(world.authority, branch)
  }

  @Test func `two branches at once are both taken in whole`() async throws {
    var world = try World(seed: 6, branches: 0)
    let branches = try (0..<4).map { try world.join("branch \($0)") }
    for branch in branches { try branch.recordAnswers(200) }
    let hub = world.authority
    try await Hub.serving(hub) { server in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for branch in branches { group.addTask { try await server.sync(branch) } }
        try await group.waitForAll()
      }
      for branch in branches { try await server.sync(branch) }
      for branch in branches { try await server.sync(branch) }
    }
    for branch in branches { try expectEqual(hub, branch) }
    #expect(try hub.verify().findings.isEmpty)
  }

  @Test func `a text that was lost is asked for although the heads are equal`() async throws {
    var world = try World(seed: 7, branches: 0)
    let branch = try world.join("branch")
    var draft = EventDraft(Bodies.response([Bodies.nps(9)]))
    draft.texts = [EventDraft.Text(field: .comment, text: "Langsam, aber freundlich.")]
    _ = try world.authority.record(Array(repeating: draft, count: 5))
    _ = try branch.sync(with: world.authority)
    let held = try texts(of: branch)
    try #require(held > 0)
    try branch.store.exclusively { database in
      try database.forEachRow("INSERT INTO missing_text SELECT log, seq, ordinal FROM detached") {
        _ in
      }
      try database.forEachRow("DELETE FROM detached") { _ in }
    }
    try await Hub.serving(world.authority) { server in
      let outcome = try await server.sync(branch)
      #expect(outcome.here.received == 0)
      #expect(outcome.here.texts == held)
      #expect(try branch.missingTexts().isEmpty)
    }
    #expect(try texts(of: branch) == held)
  }

  @Test func `a site without text gets none over the wire, and asks for none`() async throws {
    var world = try World(seed: 8, branches: 0)
    let branch = try world.join("branch")
    var draft = EventDraft(Bodies.response([Bodies.nps(9)]))
    draft.texts = [EventDraft.Text(field: .comment, text: "Langsam, aber freundlich.")]
    _ = try world.authority.record(Array(repeating: draft, count: 5))
    _ = try branch.record([draft])
    let hub = world.authority
    let more = [draft, draft]
    try await Hub.serving(hub) { server in
      try await server.sync(branch)
      #expect(try texts(of: branch) == 6)
      try hub.withholdTexts(from: "branch")
      _ = try hub.record(more)
      for _ in 0..<2 { try await server.sync(branch) }
      #expect(try texts(of: branch) == 6)
      try expectEqual(hub, branch)
      try hub.endWithholdingTexts(from: "branch")
      for _ in 0..<2 { try await server.sync(branch) }
      #expect(try texts(of: branch) == 8)
    }
  }

  private func texts(of ledger: Ledger) throws -> Int {
    try ledger.store.read { database, _ in
      var count = 0
      try database.forEachRow("SELECT count(*) FROM detached") { count = Int($0.integer(0)) }
      return count
    }
  }

  @Test func `a ledger of another company is refused by name`() async throws {
    let world = try World(seed: 8, branches: 0)
    let stranger = try World(seed: 9, branches: 0).authority
    try await Hub.serving(world.authority) { server in
      await #expect(throws: HubError.refused(.uninvited(log: stranger.log))) {
        try await server.sync(stranger)
      }
    }
  }
}
