import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import LedgerSync
import SwiftProtobuf
import TestSupport
import Testing

/// Law 10, of numbers: an enrolled site may sign any of them, and whoever takes them in answers all the same.
@Suite struct `Numbers that a peer signs` {
  @Test(arguments: Seeds.all)
  func `extreme numbers of any kind of event stop nobody`(seed: UInt64) throws {
    let company = try Company()
    try Company.record(2, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    let forger = Forger(company.branch)
    var extreme = ExtremeEntry(seed: seed)
    let entries = (0..<256).map { step in
      extreme.next(recorded: Instant(milliseconds: 1_772_323_200_000 + Int64(step)))
    }
    let (hello, batch) = try forger.extending(company.branch.log, with: entries)
    let before = try company.hub.holdings().clock
    #expect(try deliver(hello, batch, to: company.hub).received == entries.count)
    try expectAnswers(of: company.hub, since: before)
    let other = try company.world.authority.invite("third")
    let third = try Ledger.create(
      at: nil, site: "third", invitation: other, surroundings: company.branchClock.surroundings)
    _ = try third.sync(with: company.hub)
    try expectAnswers(of: third, since: before)
    #expect(try StoreCounters(third).kept() == StoreCounters(company.hub).kept())
  }

  @Test(arguments: [Int64.min, -2_208_988_800_000_001, 9_214_646_400_000_000, .max])
  func `a recorded time that no clock shows is refused, and its log only`(time: Int64) throws {
    let company = try Company()
    try Company.record(2, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    var extreme = ExtremeEntry(seed: 1)
    let log = company.branch.log
    let held = try company.hub.holdings().clock[log]
    let (hello, batch) = try Forger(company.branch).extending(
      log, with: [extreme.next(recorded: Instant(microseconds: time))])
    let report = try deliver(hello, batch, to: company.hub)
    #expect(report.refusals == [.undecodable(log: log, seq: held + 1)])
    try Company.record(1, at: company.hub)
    try expectAnswers(of: company.hub, since: company.hub.holdings().clock)
  }

  @Test(arguments: [Int64.min, -2_208_988_800_000_000, 9_214_646_399_999_999, Int64.max / 2])
  func `whatever the own clock shows, peers take what is recorded by it`(time: Int64) throws {
    let company = try Company()
    company.branchClock.set(Instant(microseconds: time))
    try Company.record(2, at: company.branch)
    #expect(try company.branch.sync(with: company.hub).there.refusals.isEmpty)
    #expect(try Company.answers(at: company.hub) == 2)
  }

  /// Law 3: the stamps of all who observe it would run into the end of the numbers.
  @Test(arguments: [Int64.max, Int64.max - 3, Stamp.ordinaryMax + 1])
  func `a stamp that nothing bears out is refused`(claim: Int64) throws {
    let company = try Company()
    let log = company.branch.log
    let held = try company.hub.holdings().clock[log]
    let (hello, batch) = try Forger(company.branch).extending(log, with: [try observation(claim)])
    let report = try deliver(hello, batch, to: company.hub)
    #expect(report.refusals == [.undecodable(log: log, seq: held + 1)])
  }

  /// The greatest claim that is taken, and honest sites that are above it from then on.
  @Test func `who has observed the greatest stamp is taken in everywhere`() throws {
    let company = try Company()
    let log = company.branch.log
    let (hello, batch) = try Forger(company.branch).extending(
      log, with: [try observation(Stamp.ordinaryMax)])
    #expect(try deliver(hello, batch, to: company.hub).refusals.isEmpty)
    for site in ["b", "c"] {
      let invitation = try company.world.authority.invite(site)
      let ledger = try Ledger.create(
        at: nil, site: site, invitation: invitation,
        surroundings: company.branchClock.surroundings)
      for _ in 1...2 {
        try Company.record(1, at: ledger)
        try Company.record(1, at: company.hub)
        let (here, there) = try ledger.sync(with: company.hub)
        #expect(here.refusals.isEmpty && there.refusals.isEmpty)
      }
      let answers = (try Company.answers(at: ledger), try Company.answers(at: company.hub))
      #expect(answers.0 == answers.1)
      #expect(try ledger.verify().findings.isEmpty)
    }
    #expect(try Company.answers(at: company.hub) == 8)
  }

  /// Here the other branch is held, of which nothing is above ordinary stamps: what bears the claim out never comes.
  @Test func `who has observed another branch of a forked log is taken in`() throws {
    let company = try Company()
    let log = company.branch.log
    let invitation = try company.world.authority.invite("other")
    let other = try Ledger.create(
      at: nil, site: "other", invitation: invitation,
      surroundings: company.branchClock.surroundings)
    for _ in 1...2 { _ = try other.sync(with: company.hub) }
    let forger = Forger(company.branch)
    var extreme = ExtremeEntry(seed: 1)
    let branches: [(ledger: Ledger, entry: [UInt8])] = [
      (company.hub, try observation(Stamp.ordinaryMax)),
      (other, extreme.next(recorded: WallClock.start)),
    ]
    for branch in branches {
      let (hello, batch) = try forger.extending(log, with: [branch.entry])
      #expect(try deliver(hello, batch, to: branch.ledger).refusals.isEmpty)
    }
    try Company.record(1, at: company.hub)
    for _ in 1...3 { _ = try other.sync(with: company.hub) }
    #expect(try other.forks().map(\.log) == [log])
    #expect(try Company.answers(at: other) == 1)
    let heads = try [other, company.hub].map { try $0.holdings().clock[company.hub.log] }
    #expect(heads[0] == heads[1])
  }

  private func observation(_ claim: Int64) throws -> [UInt8] {
    var event = Scorebook_V1_Event()
    event.recordedUs = WallClock.start.microseconds
    event.observed.stampUs = claim
    return try event.serializedBytes()
  }

  private func deliver(
    _ hello: Scorebook_V1_Hello, _ batch: Scorebook_V1_Batch, to ledger: Ledger
  ) throws -> SyncReport {
    var session = SyncSession(mine: try ledger.holdings())
    _ = try session.receive(hello)
    let receiver = try SyncReceiver(ledger, session: session)
    try receiver.receive(batch)
    return try ledger.finish(receiver)
  }

  /// Everything that is asked of a ledger, and the same after a rebuild.
  private func expectAnswers(of ledger: Ledger, since clock: VectorClock) throws {
    for definition in KnownDefinition.builtIn {
      for groupings in [[], [.site, .month]] as [[Grouping]] {
        let request = ScoreRequest(metric: definition.definition.id, groupings: groupings)
        _ = try ledger.score(request)
      }
      let request = ScoreRequest(metric: definition.definition.id)
      _ = try ledger.score(ScoreRequest(metric: request.metric, at: .recorded(WallClock.start)))
      _ = try ledger.explain(request, from: .clock(clock), to: .now)
      _ = try ledger.history(request)
    }
    #expect(try !ledger.sites().isEmpty)
    try ledger.forEachEvent(EventFilter()) { _ = try $0.cloudEventLine() }
    #expect(try ledger.verify().findings.isEmpty)
    let kept = try StoreCounters(ledger).kept()
    try ledger.rebuild()
    #expect(try StoreCounters(ledger).kept() == kept)
  }
}
