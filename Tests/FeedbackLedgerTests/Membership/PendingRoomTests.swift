import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import LedgerSync
import TestSupport
import Testing

/// What nobody has decided about is held and relayed, and bounded (DESIGN §4.6): by invitation, so that who goes on
/// without end takes room from nobody else.
@Suite("Room for what is pending") struct PendingRoomTests {
  private let company: Company

  init() throws {
    company = try Company()
  }

  @Test func `where an invitation has used it up, no log that came in by it goes on`() throws {
    let invitation = try company.hub.invite("shop", needsApproval: true)
    let (first, second) = (try join("shop", invitation), try join("shop", invitation))
    let other = try join("shed", try company.hub.invite("shed", needsApproval: true))
    for ledger in [first, second, other] { try Company.record(3, at: ledger) }
    #expect(try take(from: first, bytesMax: 1).refusals.isEmpty)
    let full = try pendingBytes(of: first.log)
    #expect(full > 300)

    #expect(
      try take(from: second, bytesMax: full).refusals
        == [.pendingIsFull(log: second.log, limit: full)])
    #expect(try size(of: second.log) == 0)
    // Nor the log that is held, nor one that goes on from it.
    try Company.record(1, at: first)
    let before = first.log
    try first.startSuccessor(.copied)
    try Company.record(1, at: first)
    let refused = try take(from: first, bytesMax: full).refusals
    #expect(
      Set(refused)
        == [.pendingIsFull(log: before, limit: full), .pendingIsFull(log: first.log, limit: full)])
    #expect(try pendingBytes(of: before) == full)
    // Another invitation has room of its own.
    #expect(try take(from: other, bytesMax: full).refusals.isEmpty)
    #expect(try size(of: other.log) > 3)
    // One byte more, and the next run has room.
    #expect(try take(from: second, bytesMax: full + 1).refusals.isEmpty)
    #expect(try size(of: second.log) > 3)

    for ledger in [first, second] { _ = try ledger.sync(with: company.hub) }
    try company.hub.approve("shop", log: before)
    try company.hub.approve("shop", log: second.log)
    #expect(try Company.answers(at: company.hub) == 8)
    #expect(try pendingBytes(of: second.log) == 0)
    try expectSound(company.hub)
  }

  /// Each costs every later decision time, so that their number is bounded too.
  @Test func `as many logs of one invitation may wait, and no more`() throws {
    let invitation = try company.hub.invite("shop", needsApproval: true)
    let most = Int(SyncLimits.pendingBytesMax / SyncLimits.pendingLogBytes)
    let limit = SyncLimits.pendingBytesMax
    var logs: [LogID] = []
    for _ in 1...most + 1 {
      let shop = try join("shop", invitation)
      logs.append(shop.log)
      let report = try take(from: shop, bytesMax: limit)
      // The first entries of the others take up what is missing to the last log.
      let hasRoom = logs.count < most + 1
      #expect(report.refusals == (hasRoom ? [] : [.pendingIsFull(log: shop.log, limit: limit)]))
    }
    #expect(try logs.count { try size(of: $0) > 0 } == most)
  }

  @Test func `who saw what has no room is not held up, and once it is approved all of it comes`()
    throws
  {
    let shop = try join("shop", try company.hub.invite("shop", needsApproval: true))
    try Company.record(3, at: shop)
    _ = try company.branch.receive(everythingFrom: shop)
    try Company.record(2, at: company.branch)
    let refused = try take(from: company.branch, bytesMax: 0).refusals
    #expect(refused == [.pendingIsFull(log: shop.log, limit: 0)])
    #expect(try Company.answers(at: company.hub) == 2)
    _ = try company.branch.sync(with: company.hub)
    try company.hub.approve("shop")
    // It comes before the word that admits it, in the sender's order of arrival.
    for _ in 0..<2 { try take(at: company.branch, from: company.hub, bytesMax: 0) }
    let newcomer = try join("shed", try company.hub.invite("shed"))
    for _ in 0..<2 { try take(at: newcomer, from: company.hub, bytesMax: 0) }
    for ledger in [company.hub, company.branch, newcomer] {
      #expect(try Company.answers(at: ledger) == 5, "\(ledger.site)")
    }
    try expectSound(company.hub, company.branch)
  }

  @Test func `what a revoked log goes on to say has as little, and a forked one all of it`() throws
  {
    let twin = try company.twin()
    try Company.record(1, at: company.branch)
    try Company.record(2, at: twin)
    _ = try company.hub.receive(everythingFrom: company.branch)
    _ = try company.hub.receive(everythingFrom: twin)
    #expect(try company.hub.forks().map(\.log) == [company.branch.log])
    try Company.record(2, at: company.branch)
    #expect(try take(from: company.branch, bytesMax: 0).refusals.isEmpty)

    let end = try size(of: company.branch.log)
    try company.hub.revoke("branch", log: company.branch.log)
    try Company.record(2, at: company.branch)
    #expect(
      try take(from: company.branch, bytesMax: 0).refusals
        == [.pendingIsFull(log: company.branch.log, limit: 0)])
    #expect(try size(of: company.branch.log) == end)
    #expect(try take(from: company.branch, bytesMax: 1).refusals.isEmpty)
    #expect(try size(of: company.branch.log) > end)
  }

  @Test
  func `the quarantine is full for one invitation, and for all that may not enter, at a time`()
    throws
  {
    let stranger = LogID(high: 1, low: 2)
    let limit = Int(SyncLimits.quarantineBytesMax)
    let row = Int(QuarantineTable.rowBytes)
    let piece = EventLimits.entryBytesMax - row
    func keeps(_ count: Int, _ log: LogID, _ seq: Int) throws -> Bool {
      try company.hub.store.write { appender in
        try appender.quarantine(
          [Array(repeating: 7, count: count)], of: log, from: UInt64(seq),
          reason: .refused(kind: "test"),
          received: Instant(microseconds: 1))
      }
    }
    for log in [stranger, company.branch.log] {
      for seq in 2...limit / (piece + row) { #expect(try keeps(piece, log, seq)) }
      #expect(try !keeps(piece + 1, log, 1))
      #expect(try keeps(piece, log, 1))
      #expect(try keeps(piece, log, 1), "it is kept already")
      #expect(try !keeps(0, log, 0), "a row costs room too")
    }
    #expect(try !keeps(0, LogID(high: 1, low: 3), 1), "another stranger")
    #expect(try keeps(1, company.hub.log, 1))
  }

  private func join(_ site: String, _ invitation: InvitationFile) throws -> Ledger {
    try Ledger.create(
      at: nil, site: site, invitation: invitation, surroundings: company.branchClock.surroundings)
  }

  /// What head office takes of another ledger, where so much may be pending.
  private func take(from sender: Ledger, bytesMax: Int64) throws -> SyncReport {
    try take(at: company.hub, from: sender, bytesMax: bytesMax)
  }

  @discardableResult
  private func take(at ledger: Ledger, from sender: Ledger, bytesMax: Int64) throws -> SyncReport {
    let peer = LocalPeer(sender, for: ledger.log)
    var session = SyncSession(mine: try ledger.holdings())
    let plan = try session.receive(try peer.hello(for: session.mine))
    let receiver = try SyncReceiver(ledger, session: session, pendingBytesMax: bytesMax)
    let want = plan.want(except: [], texts: [])
    if !want.isNothing { try peer.forEachBatch(of: want) { try receiver.receive($0) } }
    return try ledger.finish(receiver)
  }

  private func pendingBytes(of log: LogID) throws -> Int64 {
    try company.hub.store.write { try $0.pendingBytes(of: log, start: nil) }
  }

  private func size(of log: LogID) throws -> UInt64 {
    try company.hub.store.read { _, state in state.log(log)?.size ?? 0 }
  }
}
