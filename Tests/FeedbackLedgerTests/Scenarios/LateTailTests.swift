import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import LedgerSync
import Testing
import TestSupport

/// A log that was left before anybody knew that it had forked: its tail is repeated when that turns out.
@Suite struct `Scenarios of tails that are repeated late` {
  @Test func `an authority that adopts a tail of its own log has first repeated the rest of it`()
    throws
  {
    let company = try Company()
    let log = company.hub.log
    let twin = try Self.twin(of: company.hub, "twin.ledger", company)
    try Company.record(3, at: company.hub)
    try Company.record(2, at: twin)
    _ = try company.branch.receive(everythingFrom: twin)
    let told = try #require(try twin.heads().first { $0.head.log == log }?.head)
    try Company.record(2, at: twin)
    try twin.startSuccessor(.peerHoldsMore)
    _ = try company.branch.sync(with: company.hub)
    try Self.takeIn(at: twin, from: company.branch)
    #expect(try twin.forks().map(\.log) == [log])
    #expect(try twin.adopt(log, size: told.size, rootPrefix: told.root.description).events == 4)
    try Self.expectAnswers(7, at: company.hub, company.branch, twin)
  }

  @Test func `what a twin proved in the log that both came from is not the own word`() throws {
    let company = try Company()
    let copy = try company.copy("copy.ledger")
    let twin = try Self.twin(of: copy, "twin.ledger", company)
    try Company.record(2, at: copy)
    try Company.record(3, at: twin)
    for ledger in [copy, twin] { _ = try company.branch.receive(everythingFrom: ledger) }
    #expect(try company.branch.forks().map(\.log) == [copy.log])
    try copy.startSuccessor(.copied)
    try Self.expectAnswers(5, at: company.hub, company.branch, copy, twin)
  }

  /// Head office and a branch are both put back to what they were, and go on. Each proves that the other has forked, in
  /// a log of its own that has forked too: neither takes in what the other says there.
  @Test func `two that have proven of each other that they forked both hear of it`() throws {
    var company = try Company()
    let shops = try ["first", "second"].map { try company.world.join($0) }
    try company.world.converge()
    let hub = try Self.twin(of: company.hub, "hub.ledger", company)
    let branch = try Self.twin(of: company.branch, "twin.ledger", company)
    try Company.record(1, at: company.hub)
    try Company.record(1, at: company.branch)
    _ = try shops[0].receive(everythingFrom: company.hub)
    _ = try shops[1].receive(everythingFrom: company.branch)
    // From here on the first two are gone.
    try Company.record(3, at: hub)
    try Company.record(3, at: branch)
    _ = try branch.receive(everythingFrom: shops[0])
    _ = try branch.receive(everythingFrom: hub)
    #expect(try branch.forks().map(\.log) == [hub.log])
    _ = try hub.receive(everythingFrom: shops[1])
    #expect(try hub.forks().isEmpty)
    _ = try hub.receive(everythingFrom: branch)
    // With nobody else, who might have proven it in a log that has not parted.
    try Self.expectAnswers(6, at: hub, branch)
    for ledger in [hub, branch] { #expect(try ledger.forks().count == 2) }
    try Self.expectAnswers(6, at: hub, branch, shops[0], shops[1])
  }

  /// The line breaks when everything has come, before anything is done about it.
  private static func takeIn(at ledger: Ledger, from other: Ledger) throws {
    let peer = LocalPeer(other, for: ledger.log)
    var session = SyncSession(mine: try ledger.holdings())
    let plan = try session.receive(try peer.hello(for: session.mine))
    let receiver = try SyncReceiver(ledger, session: session)
    let want = plan.want(except: [], texts: [])
    try peer.forEachBatch(of: want) { try receiver.receive($0) }
  }

  private static func twin(of ledger: Ledger, _ name: String, _ company: Company) throws -> Ledger {
    let clock = ledger.identity.isAuthority ? company.hubClock : company.branchClock
    return try Twin.of(ledger, named: name, in: company.folder, surroundings: clock.surroundings)
  }

  /// After everybody has met the first one three times.
  private static func expectAnswers(_ count: Int64, at ledgers: Ledger...) throws {
    for _ in 0..<3 {
      for ledger in ledgers.dropFirst() { _ = try ledger.sync(with: ledgers[0]) }
    }
    for ledger in ledgers {
      #expect(try Company.answers(at: ledger) == count, "\(ledger.site)")
      try expectSameAnswers(as: try Reference(of: ledger), from: ledger)
    }
    try expectAnyOrder(ledgers[0])
  }
}
