import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import TestSupport
import Testing

/// A program that is older than what it is sent: its schema has no field for the body of an event, so that it decodes
/// the rest of it and keeps the bytes.
@Suite struct `Scenarios of an upgrade` {
  @Test
  func `scenario 18: an older site forwards all, and scores the same after its upgrade`()
    throws
  {
    var company = try Company()
    let (new, old) = (company.hub, company.branch)
    try Company.record(2, at: new)
    try company.world.converge()
    try Self.recordTickets(3, at: new)
    let tail = try Self.take(everythingAfterHeldFrom: new, asOldProgramAt: old)
    #expect(tail.count == 6)
    // What comes next brings the signed head.
    try Company.record(1, at: new)
    #expect(try old.sync(with: new).here.refusals.isEmpty)

    let request = ScoreRequest(metric: "ticket.fullResolution")
    let right = try new.score(request)
    #expect(right.rows.first?.score.n == 3)
    let wrong = try old.score(request)
    #expect(wrong.warnings.contains(.unknownKinds(events: 6)))
    #expect(wrong.rows.first?.score.n ?? 0 == 0)
    #expect(try old.score(ScoreRequest(metric: "nps")).warnings.contains(.unknownKinds(events: 6)))

    let third = try company.world.join("third")
    #expect(try third.sync(with: old).here.refusals.isEmpty)
    let (sent, forwarded) = (try ReferenceLogs(of: new), try ReferenceLogs(of: third))
    let bytes = try #require(forwarded.logs[new.log]).map(\.bytes)
    #expect(sent.logs[new.log]?.prefix(bytes.count).map(\.bytes) == bytes)
    #expect(tail.allSatisfy { bytes.contains($0.bytes) })
    #expect(try third.score(request).rows.first?.score == right.rows.first?.score)

    let upgraded = try Self.upgrade(old, company)
    let now = try upgraded.score(request)
    #expect(now.rows.first?.score == right.rows.first?.score)
    #expect(!now.warnings.contains(.unknownKinds(events: 6)))
    expect(try StoreCounters(upgraded).kept(), equal: try StoreCounters(new).kept(), "upgraded")
    try expectSound(upgraded, new, third)
  }

  @Test func `scenario 18: what a program of the first protocol version wrote is taken in`() throws
  {
    let company = try Company()
    let draft = EventDraft(
      Bodies.response([Bodies.nps(3)]), texts: [EventDraft.Text(field: .comment, text: "slow")])
    _ = try company.branch.record([draft, draft])
    var hello = try company.branch.holdings().hello
    hello.protocolVersion = 1
    let log = company.branch.log
    let want = Scorebook_V1_Want([(log, 1...(try company.branch.holdings().clock[log]))])
    let batches = try company.branch.batches(of: want, for: .anyone, max: 9)
    // Written by hand: nothing is left out of it.
    let path = company.folder.path("first.bundle")
    try Forger.bundle(hello, batches).write(to: path)
    let report = try company.hub.merge(bundle: path)
    #expect((report.received, report.texts) == (2, 2))
    #expect(report.refusals.isEmpty)
    // What is held already is not received again.
    let again = try company.hub.merge(bundle: path)
    #expect((again.received, again.texts) == (0, 0))
    try expectSound(company.hub, company.branch)
  }

  /// The newer program finds derived tables that an older one made.
  private static func upgrade(_ old: Ledger, _ company: Company) throws -> Ledger {
    try old.store.write { appender in
      try LocalSetting.derivedVersion.set(Int64(SchemaVersion.derived - 1), in: appender.connection)
    }
    return try Ledger.open(
      at: company.folder.path("branch.ledger"), surroundings: company.branchClock.surroundings)
  }

  private static func recordTickets(_ count: Int, at ledger: Ledger) throws {
    for _ in 0..<count {
      let opened = try ledger.record([EventDraft(.ticketOpened(.init()))])
      guard case .recorded(let address) = opened.first else { continue }
      _ = try ledger.record([
        EventDraft(.ticketResolved(.init()), item: .known(ItemID(openedAt: address)))
      ])
    }
  }

  /// What a program without these kinds does with an entry that it has verified: it passes over the body.
  private static func take(
    everythingAfterHeldFrom source: Ledger, asOldProgramAt ledger: Ledger
  ) throws -> ArraySlice<ReferenceLogs.Entry> {
    let entries = try #require(try ReferenceLogs(of: source).logs[source.log])
    let held = Int(try #require(try ledger.store.read { $1.log(source.log)?.size }))
    for entry in entries[held...] {
      var event = entry.event
      event.body = nil
      _ = try ledger.store.write { appender in
        try appender.append(
          entry.bytes, event: event, log: try appender.number(of: source.log),
          received: WallClock.start, isOwn: false)
      }
    }
    return entries[held...]
  }
}
