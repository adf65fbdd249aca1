import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import LedgerSync
import SwiftProtobuf
import TestSupport
import Testing

/// Scenario 23 and law 10, where a site lies: it is refused and named, and everyone else goes on.
@Suite struct `Scenarios of forgery` {
  @Test func `scenario 23: a site signs for another site`() throws {
    var company = try Company()
    let victim = try company.world.join("victim")
    try Company.record(2, at: victim)
    _ = try victim.sync(with: company.branch)
    try Company.record(2, at: company.branch)
    let entry = try forgedEntry()
    let (hello, batch) = try Forger(company.branch).extending(victim.log, with: [entry])
    let report = try deliver(hello, [batch], to: company.hub)
    #expect(report.received == 0)
    guard case .gap(victim.log, held: 0, first: _)? = report.refusals.first else {
      Issue.record("\(report.refusals)")
      return
    }
    // Now the hub holds the victim's log, and only the signature stands in the way.
    _ = try victim.sync(with: company.hub)
    let again = try deliver(hello, [batch], to: company.hub)
    #expect(again.refusals == [.badCheckpoint(log: victim.log, "the signature does not hold")])
    try expectOthersGoOn(company, [victim])
  }

  @Test
  func `scenario 23: a replayed old head takes nothing back, and vouches for nothing after it`()
    throws
  {
    let company = try Company()
    try Company.record(2, at: company.branch)
    let old = try #require(
      try company.branch.holdings().heads.first { head in
        head.head.log == company.branch.log
      })
    try Company.record(2, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    let forger = Forger(company.branch)
    let size = try company.hub.store.read { $1.log(company.branch.log)?.size }
    let replay = try deliver(try forger.hello(with: old), [], to: company.hub)
    #expect(replay.refusals.isEmpty && replay.received == 0)
    #expect(try company.hub.store.read { $1.log(company.branch.log)?.size } == size)
    // New entries under the old head.
    let batch = Forger.batch(
      company.branch.log, from: try #require(size) + 1, [try forgedEntry()])
    let report = try deliver(try forger.hello(with: old), [batch], to: company.hub)
    #expect(report.received == 0)
    guard case .badProof(company.branch.log, size: _)? = report.refusals.first else {
      Issue.record("\(report.refusals)")
      return
    }
    try expectOthersGoOn(company, [])
  }

  @Test
  func `scenario 23: two heads of the same size are a fork that is named, and cut where it begins`()
    throws
  {
    var company = try Company()
    let other = try company.world.join("other")
    try Company.record(2, at: other)
    _ = try other.sync(with: company.hub)
    _ = try company.branch.sync(with: company.hub)
    let log = company.branch.log
    let (hello, batch) = try Forger(company.branch).extending(log, with: [try forgedEntry()])
    let size = batch.runs[0].firstSeq
    _ = try deliver(hello, [batch], to: company.hub)
    // The same key signs another entry under the same seq.
    var second = Scorebook_V1_Event()
    second.recordedUs = WallClock.start.microseconds
    second.body = Bodies.response([Bodies.nps(10)])
    let (otherHello, otherBatch) = try Forger(company.branch).extending(
      log, with: [try second.serializedBytes()])
    let report = try deliver(otherHello, [otherBatch], to: company.hub)
    #expect(report.refusals == [.fork(log: log, seq: size)])
    let fork = try #require(try company.hub.forks().first)
    #expect(fork.log == log && fork.commonSeq == size - 1)
    #expect(fork.heads.count == 2 && fork.heads.allSatisfy { $0.size == size })
    #expect(try Company.answers(at: company.hub) == 2)
    try Company.record(1, at: other)
    #expect(try other.sync(with: company.hub).there.refusals.isEmpty)
    #expect(try Company.answers(at: company.hub) == 3)
    try expectSound(company.hub, other)
  }

  @Test func `scenario 23: a proof of another log proves nothing`() throws {
    var company = try Company()
    let second = try company.world.join("second branch")
    for ledger in [company.branch, second] { try Company.record(6, at: ledger) }
    _ = try second.sync(with: company.branch)
    var random = SplitMix64(seed: 23)
    let cutter = try BatchCutter(
      from: company.branch, to: company.hub, eventsMax: 3, using: &random)
    let id = ProtobufBytes.data(company.branch.log.bytes)
    let index = try #require(
      cutter.batches.firstIndex { batch in batch.proofs.contains { $0.log == id } })
    var batch = cutter.batches[index]
    let foreign = try #require(
      cutter.batches.flatMap(\.proofs).first { $0.log != id && !$0.consistency.isEmpty })
    let place = try #require(batch.proofs.firstIndex { $0.log == id })
    batch.proofs[place].consistency = foreign.consistency
    let receiver = try SyncReceiver(company.hub, session: cutter.session)
    for earlier in cutter.batches[..<index] { try receiver.receive(earlier) }
    try receiver.receive(batch)
    guard case .badProof(company.branch.log, size: _)? = receiver.report.refusals.first else {
      Issue.record("\(receiver.report.refusals)")
      return
    }
    try expectOthersGoOn(company, [second])
  }

  @Test func `scenario 23: a log that was not invited is not taken, whatever it calls itself`()
    throws
  {
    let company = try Company()
    let stranger = try Ledger.create(at: nil, site: "branch")
    try Company.record(3, at: stranger)
    var hello = try Forger(stranger).hello()
    hello.ledger = ProtobufBytes.data(company.hub.ledgerID.bytes)
    let entries = try #require(try ReferenceLogs(of: stranger).logs[stranger.log]).map(\.bytes)
    let report = try deliver(
      hello, [Forger.batch(stranger.log, from: 1, entries)], to: company.hub)
    #expect(report.refusals == [.uninvited(log: stranger.log)])
    try expectOthersGoOn(company, [])
  }

  /// Else a site could make its correction follow one that it has never seen, and no conflict would show.
  @Test(arguments: [true, false])
  func `scenario 23: an observation of a head that is none proves nothing`(isTrue: Bool) throws {
    let company = try Company()
    guard case .recorded(let earlier) = try Company.record(1, at: company.hub)[0] else {
      Issue.record("not recorded")
      return
    }
    var head = Scorebook_V1_Head()
    head.log = ProtobufBytes.data(earlier.log.bytes)
    head.size = earlier.seq
    let root = try company.hub.store.read { try $1.log(earlier.log)?.root(ofSize: earlier.seq, $0) }
    head.root = ProtobufBytes.data(
      isTrue ? try #require(root).bytes : Digest256(hashing: [0]).bytes)
    var observed = Scorebook_V1_Observed()
    observed.heads = [head]
    let claim = try company.branch.withRecorder { try $0.append(.observed(observed)) }
    _ = try company.branch.sync(with: company.hub)
    for ledger in [company.hub, company.branch] {
      let causality = try ledger.store.read { $1.fold.causality }
      #expect(causality.happenedBefore(earlier, claim) == isTrue)
    }
    // Whoever really holds what it has seen stamps its own above that: `verify` names this one.
    if !isTrue { try expectOthersGoOn(company, []) }
  }

  /// A hostile log in one batch with an honest one: only the hostile one is left out (scenario 11).
  @Test
  func `scenario 11: an entry that is no event stops its own log only, and no other for ever`()
    throws
  {
    var company = try Company()
    let honest = try company.world.join("honest")
    try Company.record(3, at: honest)
    let (hello, bad) = try Forger(company.branch).extending(
      company.branch.log, with: [try forgedEntry(), [0xFF, 0xFF]])
    // A third log in the same batch is refused for another reason, and is named too.
    let altered = try company.world.join("altered")
    try Company.record(1, at: altered)
    var wrong = try #require(try ReferenceLogs(of: altered).logs[altered.log]).map(\.bytes)
    wrong[1][wrong[1].count - 1] ^= 1
    var both = hello
    both.heads += try honest.holdings().hello.heads + altered.holdings().hello.heads
    let entries = try #require(try ReferenceLogs(of: honest).logs[honest.log]).map(\.bytes)
    let good = Forger.batch(honest.log, from: 1, entries)
    var batch = bad
    batch.runs += good.runs + Forger.batch(altered.log, from: 1, wrong).runs
    let report = try deliver(both, [batch], to: company.hub)
    let seq = bad.runs[0].firstSeq + 1
    #expect(
      Set(report.refusals) == [
        .undecodable(log: company.branch.log, seq: seq), .badProof(log: altered.log, size: 2),
      ])
    #expect(report.refusals.count == 2)
    #expect(report.received == entries.count)
    #expect(try Company.answers(at: company.hub) == 3)
    try expectOthersGoOn(company, [honest])
  }

  private func forgedEntry() throws -> [UInt8] {
    var event = Scorebook_V1_Event()
    event.recordedUs = WallClock.start.microseconds
    event.body = Bodies.response([Bodies.nps(0)])
    return try event.serializedBytes()
  }

  private func deliver(
    _ hello: Scorebook_V1_Hello, _ batches: [Scorebook_V1_Batch], to ledger: Ledger
  ) throws -> SyncReport {
    var session = SyncSession(mine: try ledger.holdings())
    _ = try session.receive(hello)
    let receiver = try SyncReceiver(ledger, session: session)
    for batch in batches { try receiver.receive(batch) }
    return try ledger.finish(receiver)
  }

  private func expectOthersGoOn(_ company: Company, _ others: [Ledger]) throws {
    for ledger in others + [company.branch] {
      try Company.record(1, at: ledger)
      let before = try Company.answers(at: company.hub)
      let reports = try ledger.sync(with: company.hub)
      #expect(reports.there.refusals.isEmpty && reports.here.refusals.isEmpty)
      #expect(try Company.answers(at: company.hub) > before)
    }
    try expectSound(company.hub, company.branch)
  }
}
