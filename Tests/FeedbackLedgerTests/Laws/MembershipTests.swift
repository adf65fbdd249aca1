import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import Testing
import TestSupport

/// Law 10: a site that is wrong harms only its own log. Here: who counts.
@Suite struct `Law 10` {
  @Test(arguments: Seeds.all)
  func `a branch that is not enrolled counts nothing until it is`(seed: UInt64) throws {
    var world = try World(seed: seed)
    try world.run(steps: 15)
    try world.converge()
    let before = try StoreCounters(world.ledgers[1]).kept()
    let newcomer = try world.join("newcomer")
    try world.record(20, at: world.sites.count - 1)
    _ = try world.ledgers[1].sync(with: newcomer)
    expect(try StoreCounters(world.ledgers[1]).kept(), equal: before, "before the enrolment")
    try world.converge()
    let reference = try Reference(of: world.authority)
    for ledger in world.ledgers { try expectSameAnswers(as: reference, from: ledger) }
    let own = try StoreCounters(world.ledgers[1]).kept()
    #expect(own != before)
  }

  @Test(arguments: Seeds.all)
  func `a log that is revoked after an event counts up to it everywhere`(seed: UInt64) throws {
    var world = try World(seed: seed)
    try world.run(steps: 12)
    try world.converge()
    let victim = world.ledgers[1].log
    let size = try #require(try world.authority.store.read { $1.log(victim)?.size })
    let kept = UInt64.random(in: 0...size, using: &world.random)
    var revoked = Scorebook_V1_SiteRevoked()
    revoked.log = ProtobufBytes.data(victim.bytes)
    revoked.afterSeq = kept
    _ = try world.authority.withRecorder { try $0.append(.siteRevoked(revoked)) }
    try world.record(10, at: 1)
    try world.run(steps: 10)
    try world.converge()
    let reference = try Reference(of: world.authority)
    for ledger in world.ledgers {
      try expectSameAnswers(as: reference, from: ledger)
      let limit = try ledger.store.read { $1.log(victim)?.limit }
      #expect(limit == UInt32(kept))
    }
  }

  @Test(arguments: Seeds.all)
  func `a revocation by a branch is no revocation`(seed: UInt64) throws {
    var world = try World(seed: seed)
    try world.run(steps: 10)
    try world.converge()
    let before = try StoreCounters(world.authority).kept()
    for victim in [world.authority, world.ledgers[2]] {
      var revoked = Scorebook_V1_SiteRevoked()
      revoked.log = ProtobufBytes.data(victim.log.bytes)
      _ = try world.ledgers[1].withRecorder { try $0.append(.siteRevoked(revoked)) }
    }
    try world.converge()
    expect(try StoreCounters(world.authority).kept(), equal: before, "after the attempt")
  }

  @Test func `what a site voided counts again when it is revoked from before that`() throws {
    let company = try Company()
    let batch = try #require(try ShopRows.read(ShopRows.rows(1...20), into: company.branch).batch)
    let size = try #require(
      try company.branch.heads().first { $0.head.log == company.branch.log }?.head.size)
    _ = try company.branch.voidImport(batch)
    _ = try company.branch.sync(with: company.hub)
    #expect(try StoreCounters(company.hub).kept().total(.nps) == 0)
    try company.hub.revoke("branch", after: size)
    _ = try company.branch.sync(with: company.hub)
    for ledger in [company.hub, company.branch] {
      #expect(try StoreCounters(ledger).kept().total(.nps) == 20)
      try expectSameAnswers(as: try Reference(of: ledger), from: ledger)
      try expectSamePrefixes(ledger)
    }
    try expectSound(company.hub, company.branch)
  }

  @Test
  func `a pending log voids no batch`() throws {
    var world = try World(seed: 7, branches: 1)
    try world.converge()
    let batch = try world.authority.withRecorder { recorder in
      let batch = ItemID(openedAt: try recorder.append(.importStarted(.init())))
      let source = EventDraft.Source(system: "shop", externalID: "1", content: "row")
      _ = try recorder.record(
        EventDraft(Bodies.response([Bodies.nps(9)]), source: source), batch: batch)
      return batch
    }
    let stranger = try world.join("stranger")
    _ = try world.ledgers[1].sync(with: world.authority)
    _ = try stranger.withRecorder { try $0.append(.importVoided(.init()), item: batch) }
    _ = try world.ledgers[1].sync(with: stranger)
    #expect(try StoreCounters(world.ledgers[1]).kept().total(.nps) == 1)
    #expect(try StoreCounters(world.ledgers[1]).replayed().total(.nps) == 1)
  }
}
