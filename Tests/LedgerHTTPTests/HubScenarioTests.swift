import FeedbackLedger
import LedgerCore
import LedgerHTTP
import LedgerSchema
import LedgerStore
import TestSupport
import Testing

/// What has gone wrong elsewhere between a site and its server, over real HTTP: every session is between a client and a
/// hub that listens.
@Suite struct `Scenarios through a hub` {
  private let folder: TemporaryFolder
  private let world: World
  private let branch: Ledger
  private var hub: Ledger { world.authority }

  init() throws {
    folder = try TemporaryFolder()
    (world, branch) = try Hub.withBranch(seed: 51, in: folder)
  }

  /// The newest events were acknowledged, by a hub that has forgotten them, its own among them.
  @Test
  func `scenario 3: a hub restored to yesterday is sent exactly what it lacks, without a reset`()
    async throws
  {
    var world = world
    let second = try world.join("second branch", at: folder.path("second.ledger"))
    let ledgers = [branch, second]
    let yesterday = folder.path("yesterday.ledger")
    try branch.recordAnswers(20_000)
    try await Hub.serving(hub) { server in
      for ledger in ledgers + ledgers { try await server.sync(ledger) }
      #expect(try server.ledger.backup(to: yesterday).findings.isEmpty)
      try branch.recordAnswers(4)
      try second.recordAnswers(5)
      try server.ledger.recordAnswers(6)
      for ledger in ledgers + ledgers { try await server.sync(ledger) }
      // Acknowledged: nothing is left to send.
      let last = try await server.sync(branch)
      #expect(last.there.received == 0 && last.here.received == 0)
    }
    let restored = try Ledger.open(at: yesterday, surroundings: world.sites[0].clock.surroundings)
    #expect(restored.log != hub.log)
    let lacking = try Self.lacking(at: restored, heldBy: branch)
    #expect(lacking >= 4 + 5 + 6)
    try await Hub.serving(restored) { server in
      let proxy = try CuttingProxy(to: server.port)
      let first = try await server.sync(branch, port: proxy.port)
      #expect(first.there.received == lacking)
      #expect(first.there.refusals.isEmpty && first.here.refusals.isEmpty)
      // Not the twenty thousand again.
      #expect(proxy.bytes(.up) < 64 << 10, "\(proxy.bytes(.up)) bytes")
      let other = try await server.sync(second)
      #expect(other.there.received == 0)
      for ledger in ledgers + ledgers { try await server.sync(ledger) }
    }
    #expect(try StoreCounters(restored).kept().total(.nps) == 20_015)
    for ledger in ledgers { try expectEqual(restored, ledger) }
    for ledger in [restored] + ledgers { #expect(try ledger.verify().findings.isEmpty) }
  }

  /// The acknowledgement is lost at every place of the answer that it could be lost at.
  @Test
  func `scenario 6: a batch is applied, its acknowledgement lost, and one more event recorded`()
    async throws
  {
    try await Hub.serving(hub) { server in try await server.sync(branch) }
    let places = Array(stride(from: 1, through: 2_000, by: 31))
    let counts = try await Hub.serving(hub) { server in
      let proxy = try CuttingProxy(to: server.port)
      var counts: (recorded: Int64, lost: Int) = (0, 0)
      for place in places {
        let before = try server.ledger.store.read { $1.log(branch.log)?.size ?? 0 }
        try branch.recordAnswers(3)
        proxy.reset(cutting: .down, after: place)
        let isWhole = (try? await server.sync(branch, port: proxy.port)) != nil
        let size = try server.ledger.store.read { $1.log(branch.log)?.size ?? 0 }
        if !isWhole, size > before { counts.lost += 1 }
        try branch.recordAnswers(1)
        proxy.reset()
        let again = try await server.sync(branch, port: proxy.port)
        #expect(again.there.refusals.isEmpty && again.here.refusals.isEmpty, "at \(place)")
        counts.recorded += 4
        #expect(
          try StoreCounters(server.ledger).kept().total(.nps) == counts.recorded, "at \(place)")
      }
      return counts
    }
    #expect(counts.lost > 0, "no acknowledgement was lost")
    #expect(try StoreCounters(hub).kept().total(.nps) == counts.recorded)
    try expectEqual(hub, branch)
    #expect(try hub.verify().findings.isEmpty)
  }

  @Test
  func `scenario 9: after one upload that failed the backlog drains, with nothing new recorded`()
    async throws
  {
    try branch.recordAnswers(30_000)
    try await Hub.serving(hub) { server in
      let proxy = try CuttingProxy(to: server.port)
      // In the middle of the upload.
      proxy.reset(cutting: .up, after: 30_000)
      await #expect(throws: HubError.self) { try await server.sync(branch, port: proxy.port) }
      #expect(proxy.bytes(.up) == 30_000)
      #expect(try StoreCounters(server.ledger).kept().total(.nps) < 30_000)
      proxy.reset()
      let head = branch.store.acknowledgedHead()
      try await server.sync(branch, port: proxy.port)
      #expect(try StoreCounters(server.ledger).kept().total(.nps) == 30_000)
      // The session itself was what drained it: nothing was recorded before it.
      let size = try server.ledger.store.read { $1.log(branch.log)?.size ?? 0 }
      #expect(try #require(head).size <= size)
      try expectEqual(server.ledger, branch)
    }
    #expect(try hub.verify().findings.isEmpty)
  }

  /// It has the hub's digest and heads from answers that broke off, and holds none of the events.
  @Test
  func `scenario 10: a new ledger that has only heard the hub's heads never counts as in sync`()
    async throws
  {
    try hub.recordAnswers(2_000)
    try await Hub.serving(hub) { server in
      let proxy = try CuttingProxy(to: server.port)
      var unfinished = 0
      for place in stride(from: 1, through: 20_000, by: 431) {
        proxy.reset(cutting: .down, after: place)
        let outcome = try? await server.sync(branch, port: proxy.port)
        let held = try StoreCounters(branch).kept().total(.nps)
        let isSame = try branch.holdings().digest == server.ledger.holdings().digest
        if outcome != nil { #expect(held == 2_000 && isSame, "at \(place)") }
        if isSame { #expect(held == 2_000, "at \(place)") }
        if held == 2_000 { break }
        unfinished += 1
      }
      #expect(unfinished > 3)
      proxy.reset()
      try await server.sync(branch, port: proxy.port)
      #expect(try StoreCounters(branch).kept().total(.nps) == 2_000)
      try expectEqual(server.ledger, branch)
    }
    #expect(try branch.verify().findings.isEmpty)
  }

  /// Everything is old here: a log of many thousand entries that was rebuilt, erased from, and backed up.
  @Test func `scenario 12: a peer that holds nothing is given every entry of every log`()
    async throws
  {
    let customer = EventDraft.Customer.identifier(namespace: "member", value: "4711")
    var draft = EventDraft(Bodies.response([Bodies.nps(9)]))
    draft.customer = customer
    draft.texts = [EventDraft.Text(field: .comment, text: "Nobody may read this any more.")]
    _ = try hub.record([draft])
    try hub.recordAnswers(12_000)
    _ = try branch.sync(with: hub)
    try branch.recordAnswers(12_000)
    _ = try branch.sync(with: hub)
    _ = try hub.erase([customer])
    try hub.rebuild()
    try hub.store.checkpoint()
    var world = world
    let newcomer = try world.join("newcomer")
    try await Hub.serving(hub) { server in
      try await server.sync(newcomer)
      try await server.sync(newcomer)
    }
    let (all, given) = (try ReferenceLogs(of: hub), try ReferenceLogs(of: newcomer))
    #expect(given.clock == all.clock)
    for (log, entries) in all.logs {
      // From the first one on, without a gap, and the bytes themselves.
      #expect(given.logs[log]?.first?.address.seq == 1)
      #expect(given.logs[log]?.map(\.bytes) == entries.map(\.bytes), "\(log)")
    }
    #expect(try StoreCounters(newcomer).kept().total(.nps) == 24_001)
    try expectEqual(hub, newcomer)
    #expect(try newcomer.verify().findings.isEmpty)
  }

  /// How many entries the one holds and the other does not.
  private static func lacking(at ledger: Ledger, heldBy other: Ledger) throws -> Int {
    let held = try ledger.store.read { $1.clock }
    return try other.store.read { $1.clock }.entries.reduce(0) {
      $0 + Int($1.seq - min($1.seq, held[$1.log]))
    }
  }
}
