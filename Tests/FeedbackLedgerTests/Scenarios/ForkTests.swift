import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import LedgerSync
import Testing
import TestSupport

@Suite struct `Scenarios of forks` {
  @Test func `scenario 2: two machines from one image lose no event, and the hub names both heads`()
    throws
  {
    let company = try Company()
    try Company.record(2, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    let log = company.branch.log
    let twin = try company.twin()
    try Company.record(3, at: company.branch)
    try Company.record(4, at: twin)
    _ = try company.branch.sync(with: company.hub)
    let told = try twin.sync(with: company.hub)
    #expect(told.here.successions == [.forked(log)])
    #expect(told.there.refusals.count == 1)
    let owner = try company.branch.sync(with: company.hub)
    #expect(owner.here.successions == [.forked(log)])
    #expect(owner.there.refusals.isEmpty)
    _ = try twin.sync(with: company.hub)
    for ledger in [company.hub, company.branch, twin] {
      #expect(try Company.answers(at: ledger) == 9)
      try expectSameAnswers(as: try Reference(of: ledger), from: ledger)
      let forks = try ledger.forks()
      #expect(forks.map(\.log) == [log])
      #expect(Set(forks.flatMap(\.heads)).count == 2)
      #expect(try ledger.verify().findings == [])
    }
    #expect(company.branch.log != twin.log)
    try Company.record(1, at: company.branch)
    try Company.record(1, at: twin)
    for ledger in [company.branch, twin] { _ = try ledger.sync(with: company.hub) }
    #expect(try Company.answers(at: company.hub) == 11)
  }

  @Test(arguments: [false, true])
  func `scenario 2: two machines from one image that meet each other part at once`(
    isOneAhead: Bool
  ) throws {
    let company = try Company()
    let log = company.branch.log
    let twin = try company.twin()
    if isOneAhead {
      // The one has taken in what the other has not; neither has recorded anything.
      try Company.record(1, at: company.hub)
      _ = try twin.receive(everythingFrom: company.hub)
    }
    let same = try company.branch.sync(with: twin)
    #expect(same.here.successions + same.there.successions == [.cloned(log)])
    try Company.record(3, at: company.branch)
    try Company.record(4, at: twin)
    _ = try company.branch.sync(with: twin)
    for ledger in [company.branch, twin] {
      #expect(try Company.answers(at: ledger) == (isOneAhead ? 8 : 7))
    }
    #expect(try company.branch.forks().isEmpty)
  }

  @Test(arguments: [true, false])
  func `scenario 2: two machines from one image that both went on lose nothing, whoever asks`(
    longerAsks: Bool
  ) throws {
    let company = try Company()
    let log = company.branch.log
    let twin = try company.twin()
    try Company.record(4, at: company.branch)
    try Company.record(3, at: twin)
    let (left, right) = longerAsks ? (company.branch, twin) : (twin, company.branch)
    for _ in 0..<2 { _ = try left.sync(with: right) }
    for ledger in [left, right] {
      #expect(try Company.answers(at: ledger) == 7)
      #expect(try ledger.forks().map(\.log) == [log])
      try expectSameAnswers(as: try Reference(of: ledger), from: ledger)
    }
  }

  @Test
  func `scenario 2: two machines from one image that hear of each other by bundles lose nothing`()
    throws
  {
    let company = try Company()
    let twin = try company.twin()
    try Company.record(4, at: company.branch)
    try Company.record(3, at: twin)
    let path = company.folder.path("twin.bundle")
    let back = company.folder.path("branch.bundle")
    let again = company.folder.path("again.bundle")
    _ = try twin.bundle(to: path)
    _ = try company.branch.merge(bundle: path)
    #expect(try Company.answers(at: company.branch) == 4)
    _ = try company.branch.bundle(to: back)
    _ = try twin.merge(bundle: back)
    #expect(try Company.answers(at: twin) == 7)
    _ = try twin.bundle(to: again)
    _ = try company.branch.merge(bundle: again)
    #expect(try Company.answers(at: company.branch) == 7)
  }

  @Test func `scenario 1: a machine put back to an old state takes its tail back and goes on`()
    throws
  {
    let company = try Company()
    try Company.record(3, at: company.branch)
    let log = company.branch.log
    let restored = try company.twin()
    try Company.record(4, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    let reports = try restored.sync(with: company.hub)
    #expect(reports.here.successions == [.peerHoldsMore(log)])
    #expect(try Company.answers(at: restored) == 7)
    try Company.record(3, at: restored)
    _ = try restored.sync(with: company.hub)
    #expect(try Company.answers(at: company.hub) == 10)
    #expect(try company.hub.forks().isEmpty)
    #expect(restored.log != log)
  }

  @Test
  func `scenario 1: what a machine recorded before it was put back is adopted by the authority`()
    throws
  {
    let company = try Company()
    try Company.record(3, at: company.branch)
    let log = company.branch.log
    let restored = try company.twin()
    try Company.record(4, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    try Company.record(2, at: restored)
    let reports = try restored.sync(with: company.hub)
    #expect(reports.here.successions == [.forked(log)])
    #expect(try Company.answers(at: company.hub) == 5)
    let head = try #require(try company.hub.heads().first { $0.head.log == log }?.head)
    let adopted = try company.hub.adopt(log, size: head.size, rootPrefix: head.root.description)
    #expect(adopted.events == 4)
    _ = try restored.sync(with: company.hub)
    for ledger in [company.hub, restored] {
      #expect(try Company.answers(at: ledger) == 9)
      try expectSameAnswers(as: try Reference(of: ledger), from: ledger)
    }
    // The adopted answers stay those of the site that took them.
    let rows = try company.hub.score(ScoreRequest(metric: "nps", groupings: [.site])).rows
    #expect(rows.map(\.group) == [["branch"]])
  }

  @Test func `a tail that only the quarantine holds can be adopted, once`() throws {
    let company = try Company()
    let log = company.branch.log
    let twin = try company.twin()
    try Company.record(3, at: company.branch)
    try Company.record(4, at: twin)
    let lost = try #require(try twin.heads().first { $0.head.log == log }?.head)
    let kept = try #require(try company.branch.heads().first { $0.head.log == log }?.head)
    _ = try company.branch.sync(with: company.hub)
    // One way: the hub hears of the twin's branch, the twin hears nothing and is lost.
    _ = try company.hub.receive(everythingFrom: twin)
    #expect(try Company.answers(at: company.hub) == 0)
    _ = try company.hub.adopt(log, size: lost.size, rootPrefix: lost.root.description)
    #expect(try Company.answers(at: company.hub) == 4)
    #expect(throws: LedgerError.self) {
      try company.hub.adopt(log, size: lost.size, rootPrefix: lost.root.description)
    }
    _ = try company.branch.sync(with: company.hub)
    #expect(try Company.answers(at: company.hub) == 7)
    // Its owner is back and has repeated it itself.
    #expect(throws: LedgerError.self) {
      try company.hub.adopt(log, size: kept.size, rootPrefix: kept.root.description)
    }
    #expect(throws: LedgerError.self) {
      try company.hub.adopt(log, size: lost.size, rootPrefix: "00000000")
    }
    #expect(throws: LedgerError.self) {
      try company.branch.adopt(log, size: lost.size, rootPrefix: lost.root.description)
    }
  }

  @Test func `a tail that only the quarantine holds is adopted without the other tail's texts`()
    throws
  {
    let company = try Company()
    let log = company.branch.log
    let twin = try company.twin()
    for (ledger, text) in [(company.branch, "mine"), (twin, "the twin's")] {
      var draft = EventDraft(Bodies.response([Bodies.nps(9)]))
      draft.texts = [EventDraft.Text(field: .comment, text: text)]
      _ = try ledger.record([draft])
    }
    let lost = try #require(try twin.heads().first { $0.head.log == log }?.head)
    _ = try company.branch.sync(with: company.hub)
    _ = try company.hub.receive(everythingFrom: twin)
    let report = try company.hub.adopt(
      log, size: lost.size, rootPrefix: lost.root.description)
    let end = report.address.seq + UInt64(report.events)
    let texts = try company.hub.store.read { database, state in
      let own = try #require(state.ownLogNumber)
      return try TextTable(database).texts(log: own, seqs: report.address.seq...end)
    }
    #expect(report.events == 1 && texts.isEmpty)
    try expectSound(company.hub)
  }

  @Test func `a fork that comes in bundles is proven by who holds the other branch`() throws {
    let company = try Company()
    let log = company.branch.log
    let twin = try company.twin()
    try Company.record(3, at: company.branch)
    try Company.record(4, at: twin)
    for (number, ledger) in [company.branch, twin].enumerated() {
      let path = company.folder.path("\(number).bundle")
      _ = try ledger.bundle(to: path)
      _ = try company.hub.merge(bundle: path)
    }
    #expect(try company.hub.forks().map(\.log) == [log])
    let back = company.folder.path("back.bundle")
    _ = try company.hub.bundle(to: back)
    for (number, ledger) in [company.branch, twin].enumerated() {
      #expect(try ledger.merge(bundle: back).successions == [.forked(log)])
      let path = company.folder.path("again \(number).bundle")
      _ = try ledger.bundle(to: path)
      #expect(try company.hub.merge(bundle: path).refusals.isEmpty)
    }
    #expect(try Company.answers(at: company.hub) == 7)
    try expectSameAnswers(as: try Reference(of: company.hub), from: company.hub)
  }

  @Test func `who never held a forked log gets what its peers hold and counts the same`() throws {
    var company = try Company()
    let twin = try company.twin()
    try Company.record(3, at: company.branch)
    try Company.record(4, at: twin)
    for ledger in [company.branch, twin, company.branch, twin] {
      _ = try ledger.sync(with: company.hub)
    }
    for source in [company.hub, company.branch, twin] {
      let newcomer = try company.world.join("newcomer \(source.log)")
      #expect(try newcomer.sync(with: source).here.refusals.isEmpty)
      #expect(try Company.answers(at: newcomer) == 7)
      try expectSameAnswers(as: try Reference(of: newcomer), from: newcomer)
      #expect(try newcomer.forks().count == 1)
    }
  }

  /// The branch proves the fork of a shop's log, and then turns out to have forked itself before it did.
  @Test func `a proof that stands in a tail only is said again where it counts`() throws {
    var company = try Company()
    let shop = try company.world.join("shop", at: company.folder.path("shop.ledger"))
    try company.world.converge()
    let log = shop.log
    let shopTwin = try Twin.of(
      shop, named: "shop twin.ledger", in: company.folder,
      surroundings: company.branchClock.surroundings)
    let twin = try company.twin()
    try Company.record(1, at: shop)
    try Company.record(2, at: shopTwin)
    // One way: neither shop hears of it.
    for ledger in [shop, shopTwin] { _ = try company.branch.receive(everythingFrom: ledger) }
    #expect(try company.branch.forks().map(\.log) == [log])
    try Company.record(1, at: twin)
    for ledger in [twin, company.branch, twin] { _ = try ledger.sync(with: company.hub) }
    for ledger in [company.hub, company.branch, twin] {
      #expect(try ledger.forks().contains { $0.log == log }, "\(ledger.site)")
      try expectSameAnswers(as: try Reference(of: ledger), from: ledger)
    }
  }

  /// Head office corrects an answer after it has seen the branch's own correction, and more of its log than the fork
  /// leaves: who holds the other branch must not take the two for concurrent.
  @Test func `who had seen the common part has seen it, whichever branch is held`() throws {
    let company = try Company()
    let outcome = try Company.record(1, at: company.branch)
    guard case .recorded(let address) = outcome.first else { return }
    func correct(to value: Int32, at ledger: Ledger) throws {
      _ = try ledger.record([
        EventDraft(
          Bodies.corrected([Bodies.nps(value)]), item: .known(ItemID(openedAt: address)))
      ])
    }
    try correct(to: 8, at: company.branch)
    let twin = try company.twin()
    try Company.record(1, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    try correct(to: 3, at: company.hub)
    try Company.record(2, at: twin)
    for ledger in [twin, company.branch, twin] { _ = try ledger.sync(with: company.hub) }
    for ledger in [company.hub, company.branch, twin] {
      #expect(try Company.answers(at: ledger) == 4)
      #expect(try StoreCounters(ledger).kept().total(.conflicts) == 0, "\(ledger.site)")
    }
    try expectSound(company.hub, company.branch, twin)
  }

  @Test func `scenario 23: who merely claims a fork silences nobody, and verify names the claim`()
    throws
  {
    var company = try Company()
    let liar = try company.world.join("liar")
    _ = try liar.sync(with: company.hub)
    try Company.record(3, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    _ = try liar.sync(with: company.hub)
    var claim = Scorebook_V1_ForkProven()
    claim.log = ProtobufBytes.data(company.branch.log.bytes)
    claim.commonSeq = 1
    claim.firstEntry = ProtobufBytes.data([1])
    claim.secondEntry = ProtobufBytes.data([2])
    let address = try liar.withRecorder { try $0.append(.forkProven(claim)) }
    _ = try liar.sync(with: company.hub)
    #expect(try Company.answers(at: company.hub) == 3)
    #expect(try company.hub.forks().isEmpty)
    #expect(try company.hub.verify().findings == [.forkProof(address)])
  }

  @Test func `scenario 2: an observation of the branch that is not held here is no finding`() throws
  {
    var company = try Company()
    let twin = try company.twin()
    let other = try company.world.join("other")
    try Company.record(3, at: twin)
    _ = try other.sync(with: twin)
    try Company.record(1, at: other)
    // What the branch records under the same seqs has later stamps than what the other site observed.
    company.branchClock.turn(seconds: 86_400)
    try Company.record(3, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    _ = try company.hub.receive(everythingFrom: other)
    #expect(try company.hub.verify().findings == [])
  }
}
