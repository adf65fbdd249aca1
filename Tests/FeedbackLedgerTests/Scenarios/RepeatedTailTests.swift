import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import SwiftProtobuf
import TestSupport
import Testing

/// What several ledgers repeat of a forked log's tail counts once, whatever came first.
@Suite struct `Scenarios of tails that are repeated twice` {
  /// A day before the authority's adoption in canonical order, or after it.
  @Test(arguments: [-86_400, 86_400] as [Int64])
  func `an owner that comes back after its tail was adopted counts once`(skew: Int64) throws {
    let company = try Company()
    let (twin, log) = try Self.loseTwin(company, skew: skew)
    #expect(try Company.answers(at: company.hub) == 4)
    let adopted = try company.hub.store.read { $1.clock }
    _ = try company.branch.sync(with: company.hub)
    #expect(try Company.answers(at: company.hub) == 7)
    #expect(try twin.sync(with: company.hub).here.successions == [.forked(log)])
    _ = try company.branch.sync(with: company.hub)
    for ledger in [company.hub, company.branch, twin] {
      #expect(try Company.answers(at: ledger) == 7)
      try expectSameAnswers(as: try Reference(of: ledger), from: ledger)
      try expectSamePrefixes(ledger)
    }
    try expectAnyOrder(company.hub)
    // Nothing that counts changed, so nothing is told of.
    let request = ScoreRequest(metric: "nps", filters: [Label(key: "site", value: "branch")])
    try expectSum(request, from: .clock(adopted), to: .now, in: company.hub)
    try expectSound(company.hub, company.branch, twin)
  }

  @Test(arguments: [-86_400, 86_400] as [Int64])
  func `what was said of an adopted answer holds when its owner comes back`(skew: Int64) throws {
    let company = try Company()
    let (twin, log) = try Self.loseTwin(company, skew: skew)
    let items = try Self.repeatedItems(in: company.hub, of: log)
    _ = try company.hub.record([
      EventDraft(Bodies.retracted, item: .known(items[0])),
      EventDraft(Bodies.corrected([Bodies.nps(0)]), item: .known(items[1])),
    ])
    let told = try StoreCounters(company.hub).kept()
    _ = try twin.sync(with: company.hub)
    for ledger in [company.hub, twin] {
      expect(try StoreCounters(ledger).kept(), equal: told, ledger.site)
      try expectSameAnswers(as: try Reference(of: ledger), from: ledger)
    }
    try expectSound(company.hub, twin)
  }

  /// It has seen the answer, if not in the log where it counts now.
  @Test(arguments: [-86_400, 86_400] as [Int64])
  func `a correction of an adopted answer is no conflict when its owner comes back`(
    skew: Int64
  ) throws {
    var company = try Company()
    let other = try company.world.join("other")
    _ = try other.sync(with: company.hub)
    let (twin, log) = try Self.loseTwin(company, skew: skew)
    let items = try Self.repeatedItems(in: company.hub, of: log)
    _ = try company.hub.record([
      EventDraft(Bodies.corrected([Bodies.nps(0)]), item: .known(items[1]))
    ])
    let corrected = try company.hub.store.read { $1.clock }
    for _ in 0..<2 { _ = try twin.sync(with: company.hub) }
    for ledger in [company.hub, twin] {
      #expect(try StoreCounters(ledger).kept().total(.conflicts) == 0)
      for cut in [PointInTime.now, .clock(corrected)] {
        #expect(try !Self.hasConflict(ledger, at: cut))
      }
      try expectSameAnswers(as: try Reference(of: ledger), from: ledger)
      try expectSamePrefixes(ledger)
    }
    // Who corrects it without having seen any repetition is in conflict still.
    _ = try other.record([
      EventDraft(Bodies.corrected([Bodies.nps(5)]), item: .known(items[1]))
    ])
    _ = try other.sync(with: company.hub)
    #expect(try Self.hasConflict(company.hub, at: .now))
    try expectSameAnswers(as: try Reference(of: company.hub), from: company.hub)
    try expectSound(company.hub, other, twin)
  }

  @Test func `the repetition that counts ceases to when its log is revoked, and the other counts`()
    throws
  {
    let company = try Company()
    let (twin, _) = try Self.loseTwin(company, skew: -86_400)
    _ = try twin.sync(with: company.hub)
    #expect(try Company.answers(at: company.hub) == 4)
    var revoked = Scorebook_V1_SiteRevoked()
    revoked.log = ProtobufBytes.data(twin.log.bytes)
    _ = try company.hub.withRecorder { try $0.append(.siteRevoked(revoked)) }
    _ = try twin.sync(with: company.hub)
    for ledger in [company.hub, twin] {
      #expect(try Company.answers(at: ledger) == 4)
      try expectSamePrefixes(ledger)
    }
    try expectAnyOrder(company.hub)
    try expectSound(company.hub, twin)
  }

  @Test func `a copy that went on repeats what it left when the log turns out to have forked`()
    throws
  {
    let company = try Company()
    let twin = try company.twin()
    try Company.record(3, at: company.branch)
    let laptop = try company.copy("laptop.ledger")
    try Company.record(2, at: laptop)
    // The first machine is lost; an older image of it turns up.
    try Company.record(4, at: twin)
    for _ in 0..<2 {
      for ledger in [laptop, twin] { _ = try ledger.sync(with: company.hub) }
    }
    for ledger in [company.hub, laptop, twin] {
      #expect(try Company.answers(at: ledger) == 9)
      try expectSameAnswers(as: try Reference(of: ledger), from: ledger)
    }
    // And then the first one too.
    try Company.record(1, at: company.branch)
    for _ in 0..<2 {
      for ledger in [company.branch, laptop, twin] { _ = try ledger.sync(with: company.hub) }
    }
    for ledger in [company.hub, company.branch, laptop, twin] {
      #expect(try Company.answers(at: ledger) == 10)
    }
    try expectAnyOrder(company.hub)
    try expectSound(company.hub, company.branch, laptop, twin)
  }

  @Test func `a third machine that shows an earlier fork point loses nobody's answers`() throws {
    let company = try Company()
    let third = try company.twin(named: "third.ledger")
    try Company.record(2, at: company.branch)
    let twin = try company.twin()
    try Company.record(3, at: company.branch)
    try Company.record(4, at: twin)
    for ledger in [company.branch, twin, company.branch, twin] {
      _ = try ledger.sync(with: company.hub)
    }
    #expect(try Company.answers(at: company.hub) == 9)
    try Company.record(1, at: third)
    for _ in 0..<3 {
      for ledger in [third, company.branch, twin] { _ = try ledger.sync(with: company.hub) }
    }
    for ledger in [company.hub, company.branch, twin, third] {
      #expect(try Company.answers(at: ledger) == 10)
      try expectSameAnswers(as: try Reference(of: ledger), from: ledger)
    }
    try expectAnyOrder(company.hub)
    try expectSound(company.hub, company.branch, twin, third)
  }

  @Test func `nobody else displaces a repetition by an early stamp`() throws {
    var company = try Company()
    let liar = try company.world.join("liar")
    _ = try liar.sync(with: company.hub)
    // It has observed nothing of the adoption, so that nothing lifts its stamps above those of head office.
    company.hubClock.turn(seconds: 2 * 86_400)
    let (twin, _) = try Self.loseTwin(company, skew: 0)
    try Self.repeatEarlier(at: liar, whatWasRepeatedIn: company.hub)
    for ledger in [liar, twin] { _ = try ledger.sync(with: company.hub) }
    #expect(try Self.sites(at: company.hub) == [["branch"]])
    #expect(try Company.answers(at: company.hub) == 4)
    try expectAnyOrder(company.hub)
  }

  /// What a copy of head office adopted counts until head office gives up the key that both have.
  @Test func `who may repeat is said by the cut, not by what was decided afterwards`() throws {
    var company = try Company()
    let liar = try company.world.join("liar")
    _ = try liar.sync(with: company.hub)
    company.hubClock.turn(seconds: 2 * 86_400)
    try company.hub.store.checkpoint()
    try company.folder.copy("authority.ledger", to: "standby.ledger")
    let copy = try Ledger.open(
      at: company.folder.path("standby.ledger"), surroundings: company.hubClock.surroundings)
    try Self.loseTwin(company, skew: 0, adoptedAt: copy)
    try Self.repeatEarlier(at: liar, whatWasRepeatedIn: copy)
    for ledger in [copy, liar] { _ = try ledger.sync(with: company.branch) }
    let before = try company.branch.store.read { $1.clock }
    #expect(try Self.sites(at: company.branch) == [["branch"]])
    try company.hub.rotateKey()
    _ = try company.branch.sync(with: company.hub)
    for ledger in [company.hub, company.branch] {
      #expect(try Self.sites(at: ledger) == [["branch"], ["liar"]])
      #expect(try Self.sites(at: ledger, .clock(before)) == [["branch"]])
      try expectSamePrefixes(ledger)
    }
    try expectAnyOrder(company.hub)
    try expectSound(company.hub, company.branch)
  }

  /// A twin whose four answers reach head office one way, which adopts them; the branch records three.
  @discardableResult
  private static func loseTwin(
    _ company: Company, skew: Int64, adoptedAt adopter: Ledger? = nil
  ) throws -> (twin: Ledger, log: LogID) {
    let hub = adopter ?? company.hub
    let log = company.branch.log
    company.branchClock.turn(seconds: skew)
    let twin = try company.twin()
    try Company.record(3, at: company.branch)
    try Company.record(4, at: twin)
    let lost = try #require(try twin.heads().first { $0.head.log == log }?.head)
    _ = try company.branch.sync(with: hub)
    _ = try hub.receive(everythingFrom: twin)
    _ = try hub.adopt(log, size: lost.size, rootPrefix: lost.root.description)
    return (twin, log)
  }

  private static func hasConflict(_ ledger: Ledger, at cut: PointInTime) throws -> Bool {
    try ledger.score(ScoreRequest(metric: "nps", at: cut)).warnings.contains { warning in
      if case .conflicts = warning { true } else { false }
    }
  }

  /// Claims the same repetitions, with stamps before all others.
  private static func repeatEarlier(at liar: Ledger, whatWasRepeatedIn ledger: Ledger) throws {
    let claims = try repetitions(in: ledger)
    #expect(claims.count == 4)
    let early = Instant(microseconds: 1)
    try liar.withRecorder(now: { early }) { recorder in
      for var claim in claims {
        claim.site = "liar"
        _ = try recorder.append(.forkTailRepeated(claim))
      }
    }
  }

  private static func sites(
    at ledger: Ledger, _ point: PointInTime = .now
  ) throws -> [[String]] {
    try ledger.score(ScoreRequest(metric: "nps", groupings: [.site], at: point)).rows.map(\.group)
  }

  private static func repetitions(in ledger: Ledger) throws -> [Scorebook_V1_ForkTailRepeated] {
    try ReferenceLogs(of: ledger).logs.values.joined().compactMap { entry in
      guard case .forkTailRepeated(let repeated) = entry.event.body else { return nil }
      return repeated
    }
  }

  private static func repeatedItems(in ledger: Ledger, of log: LogID) throws -> [ItemID] {
    try ReferenceLogs(of: ledger).logs[ledger.log]?.compactMap { entry in
      entry.event.repeatedEntry.map { _ in Projector.item(of: entry.event, at: entry.address) }
    } ?? []
  }
}
