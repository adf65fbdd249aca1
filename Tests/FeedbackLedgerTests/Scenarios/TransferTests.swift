import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import SwiftProtobuf
import Testing
import TestSupport

@Suite struct `Scenarios of transfer` {
  @Test func `scenario 6: a batch whose acknowledgement is lost is taken in once`() throws {
    var company = try Company()
    try Company.record(5, at: company.branch)
    let cutter = try BatchCutter(
      from: company.branch, to: company.hub, eventsMax: 100, using: &company.world.random)
    let receiver = try SyncReceiver(company.hub, session: cutter.session)
    for batch in cutter.batches { try receiver.receive(batch) }
    try Company.record(1, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    #expect(try Company.answers(at: company.hub) == 6)
    try expectSound(company.hub)
  }

  @Test func `scenario 7: events that also come through a regional hub are no duplicates`() throws {
    var company = try Company()
    let regional = try company.world.join("regional hub")
    try Company.record(5, at: company.branch)
    _ = try company.branch.sync(with: regional)
    _ = try regional.sync(with: company.hub)
    let reports = try company.branch.sync(with: company.hub)
    #expect(reports.there.received == 0)
    #expect(try Company.answers(at: company.hub) == 5)
    try expectSound(company.hub, regional)
  }

  @Test func `scenario 9: after an upload that failed the backlog drains without a new event`()
    throws
  {
    var company = try Company()
    try Company.record(20, at: company.branch)
    let cutter = try BatchCutter(
      from: company.branch, to: company.hub, eventsMax: 3, using: &company.world.random)
    let receiver = try SyncReceiver(company.hub, session: cutter.session)
    for batch in cutter.batches.prefix(2) { try receiver.receive(batch) }
    _ = try company.branch.sync(with: company.hub)
    #expect(try Company.answers(at: company.hub) == 20)
    try expectSound(company.hub)
  }

  @Test func `scenario 10: a new ledger that knows the heads does not count as in sync`() throws {
    var company = try Company()
    try Company.record(5, at: company.hub)
    let newcomer = try company.world.join("newcomer")
    let reports = try newcomer.sync(with: company.hub)
    #expect(reports.here.received > 5)
    #expect(try Company.answers(at: newcomer) == 5)
    try expectSound(newcomer)
  }

  @Test(arguments: Seeds.all)
  func `scenario 11 and scenario 23: a changed entry is refused and named, the other logs go on`(
    seed: UInt64
  ) throws {
    var company = try Company()
    var random = SplitMix64(seed: seed)
    let second = try company.world.join("second branch")
    try Company.record(4, at: second)
    _ = try second.sync(with: company.branch)
    try Company.record(4, at: company.branch)
    let cutter = try BatchCutter(
      from: company.branch, to: company.hub, eventsMax: 1_000, using: &random)
    var batch = try #require(cutter.batches.first)
    let liar = ProtobufBytes.data(company.branch.log.bytes)
    let run = try #require(batch.runs.lastIndex { $0.log == liar })
    let entry = batch.runs[run].entries.count - 1
    var bytes = ProtobufBytes.array(batch.runs[run].entries[entry])
    bytes[Int.random(in: bytes.indices, using: &random)] ^=
      1 << UInt8.random(in: 0..<8, using: &random)
    batch.runs[run].entries[entry] = ProtobufBytes.data(bytes)
    let before = try company.hub.store.read { $1.log(company.branch.log)?.size }
    let receiver = try SyncReceiver(company.hub, session: cutter.session)
    try receiver.receive(batch)
    #expect(receiver.report.refusals.count == 1)
    #expect(try company.hub.store.read { $1.log(company.branch.log)?.size } == before)
    #expect(try company.hub.store.read { $1.log(second.log)?.size } != nil)
    for batch in cutter.batches.dropFirst() { try receiver.receive(batch) }
    _ = try company.branch.sync(with: company.hub)
    #expect(try Company.answers(at: company.hub) == 8)
    try expectSound(company.hub, second)
  }

  @Test func `scenario 18: an event of an unknown kind is forwarded byte for byte and warned of`()
    throws
  {
    let company = try Company()
    // Field 999, which no version of the schema has.
    let entry: [UInt8] = [0x09, 1, 2, 3, 4, 5, 6, 5, 0, 0xBA, 0x3E, 2, 7, 7]
    try company.branch.store.write { appender in
      let own = try #require(appender.state.ownLogNumber)
      let event = try Scorebook_V1_Event(serializedBytes: entry)
      try appender.append(entry, event: event, log: own, received: WallClock.start, isOwn: true)
    }
    _ = try company.branch.sync(with: company.hub)
    let logs = try ReferenceLogs(of: company.hub)
    #expect(logs.logs[company.branch.log]?.last?.bytes == entry)
    let warnings = try company.hub.score(ScoreRequest(metric: "nps")).warnings
    #expect(warnings.contains(.unknownKinds(events: 1)))
    try expectSound(company.hub, company.branch)
  }

  @Test func `a bundle that comes back to who made it changes nothing`() throws {
    let company = try Company()
    try Company.record(2, at: company.branch)
    let path = company.folder.path("own.bundle")
    _ = try company.branch.bundle(to: path)
    try Company.record(2, at: company.branch)
    let log = company.branch.log
    let report = try company.branch.merge(bundle: path)
    #expect(report.received == 0 && report.refusals.isEmpty && report.successions.isEmpty)
    #expect(company.branch.log == log)
  }

  /// What an event had seen is held before the event is: else it would count otherwise than where it came in order.
  @Test func `a bundle that was made for somebody who held more brings no event before its causes`()
    throws
  {
    var company = try Company()
    let other = try company.world.join("other")
    let far = try company.world.join("far")
    for ledger in [other, far] { _ = try ledger.sync(with: company.hub) }
    try Company.record(2, at: company.branch)
    _ = try company.branch.sync(with: other)
    let held = try other.store.read { $1.clock }
    try Company.record(2, at: company.branch)
    _ = try company.branch.sync(with: other)
    try Company.record(1, at: other)
    var known = try far.store.read { $1.clock }
    known[company.branch.log] = held[company.branch.log]
    let path = company.folder.path("other.bundle")
    _ = try other.bundle(to: path, for: known)
    let report = try far.merge(bundle: path)
    #expect(report.refusals.count == 2)
    #expect(try far.store.read { $1.log(other.log)?.size } == known[other.log])
    for _ in 0..<2 { _ = try far.sync(with: other) }
    try expectSameAnswers(as: try Reference(of: far), from: far)
    #expect(try far.verify().findings == [])
  }

  @Test func `a session that broke off after its last batch is finished by the next one`() throws {
    var company = try Company()
    let newcomer = try company.world.join("newcomer")
    try Company.record(2, at: newcomer)
    let cutter = try BatchCutter(
      from: newcomer, to: company.hub, eventsMax: 9, using: &company.world.random)
    let receiver = try SyncReceiver(company.hub, session: cutter.session)
    for batch in cutter.batches { try receiver.receive(batch) }
    #expect(try Company.answers(at: company.hub) == 0)
    let reports = try newcomer.sync(with: company.hub)
    #expect(reports.there.enrolled == ["newcomer"])
    #expect(try Company.answers(at: company.hub) == 2)
  }
}
