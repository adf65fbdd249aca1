import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import LedgerSync
import TestSupport
import Testing

@Suite struct `Scenarios of a whole history` {
  /// Old here are logs of thousands of entries: of a retired site, erased from, checkpointed and rebuilt.
  @Test func `scenario 12: nothing is ever truncated, and a peer at 0 gets all`() throws {
    var company = try Company()
    let retired = try company.world.join("retired", at: company.folder.path("retired.ledger"))
    try Company.record(3_000, at: retired)
    let customer = EventDraft.Customer.identifier(namespace: "member", value: "4711")
    var draft = EventDraft(Bodies.response([Bodies.nps(3)]))
    draft.customer = customer
    draft.texts = [EventDraft.Text(field: .comment, text: "Nobody may read this any more.")]
    _ = try company.branch.record([draft])
    try Company.record(4_000, at: company.branch)
    try company.world.converge()
    _ = try company.hub.retire("retired")
    _ = try company.hub.erase([customer])
    for _ in 0..<3 { try Company.record(500, at: company.hub) }
    try company.world.converge()
    let all = try ReferenceLogs(of: company.hub)
    try company.hub.store.checkpoint()
    try company.hub.rebuild()
    #expect(try ReferenceLogs(of: company.hub).clock == all.clock)

    let late = try company.world.join("late", at: company.folder.path("late.ledger"))
    _ = try late.sync(with: company.hub)
    let onlyABundle = try company.world.join("by stick")
    let path = company.folder.path("all.bundle")
    _ = try company.hub.bundle(to: path)
    _ = try onlyABundle.merge(bundle: path)
    for peer in [late, onlyABundle] {
      let given = try ReferenceLogs(of: peer)
      for (log, entries) in all.logs {
        #expect(given.logs[log]?.first?.address.seq == 1, "\(peer.site)")
        #expect(given.logs[log]?.prefix(entries.count).map(\.bytes) == entries.map(\.bytes))
      }
      #expect(try Company.answers(at: peer) == 8_501)
    }
    try expectSound(company.hub, late)
  }

  /// A part of a log that does not join what is held is named with the place where it must begin, and never taken.
  @Test func `scenario 12: a tail without what comes before it is refused by its place`() throws {
    var company = try Company()
    try Company.record(20, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    let log = company.branch.log
    let newcomer = try company.world.join("newcomer")
    let path = company.folder.path("tail.bundle")
    let held = VectorClock([Address(log: log, seq: 10)])
    _ = try company.branch.bundle(to: path, for: held)
    let report = try newcomer.merge(bundle: path)
    #expect(report.refusals.contains(.gap(log: log, held: 0, first: 11)))
    #expect(try newcomer.store.read { $1.log(log)?.size ?? 0 } == 0)
    _ = try newcomer.sync(with: company.hub)
    #expect(try Company.answers(at: newcomer) == 20)
    try expectSound(newcomer)
  }

  /// A fork, a restore, an erasure, a revocation and wrong clocks in one company.
  @Test(arguments: Seeds.all.prefix(4))
  func `scenario 21: after all that, a rebuild gives the same bytes`(
    seed: UInt64
  ) throws {
    let folder = try TemporaryFolder()
    var world = try World(seed: seed, branches: 4, folder: folder)
    try world.run(steps: 20)
    world.sites[1].clock.turn(seconds: 3 * 365 * 86_400)
    world.sites[2].clock.turn(seconds: -86_400)
    try world.clone(site: 2, named: "clone.ledger", in: folder)
    try world.copy(site: 4, named: "copy.ledger", in: folder)
    try world.run(steps: 20)
    try world.converge()
    _ = try world.authority.revoke("branch 2", after: 4)
    _ = try world.authority.publish(ScoreRequest(metric: "nps"), title: "First")
    let customer = EventDraft.Customer.identifier(namespace: "member", value: "scenario 21")
    var draft = EventDraft(Bodies.response([Bodies.nps(3)]))
    draft.customer = customer
    _ = try world.authority.record([draft])
    _ = try world.authority.erase([customer], removing: true)
    try world.run(steps: 10)
    try world.converge()
    #expect(try !world.authority.forks().isEmpty)
    for ledger in world.ledgers {
      let before = try TableDump.views(of: ledger)
      #expect(before.values.contains { !$0.isEmpty })
      try ledger.rebuild()
      let after = try TableDump.views(of: ledger)
      for table in before.keys.sorted() {
        #expect(after[table] == before[table], "\(table) at \(ledger.site)")
      }
    }
  }
}
