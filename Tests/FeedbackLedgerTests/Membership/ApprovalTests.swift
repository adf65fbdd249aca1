import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import TestSupport
import Testing

/// An invitation that asks for a person's word.
@Suite("Approval") struct ApprovalTests {
  @Test func `what joins counts nothing before somebody vouches for it, and then all of it`() throws
  {
    let company = try Company()
    let newcomer = try join("shop", company)
    try Company.record(3, at: newcomer)
    for _ in 0..<2 { _ = try newcomer.sync(with: company.hub) }
    #expect(try Company.answers(at: company.hub) == 0)
    let waiting = try company.hub.applicants()
    #expect(waiting.map(\.site) == ["shop"] && waiting.map(\.standing) == [.needsApproval])
    #expect(waiting.first?.fingerprint == (try newcomer.keyFingerprint()))
    #expect(try company.hub.approve("shop").log == newcomer.log)
    #expect(try Company.answers(at: company.hub) == 3)
    #expect(try company.hub.applicants().isEmpty)
    _ = try newcomer.sync(with: company.hub)
    #expect(try Company.answers(at: newcomer) == 3)
    try expectSound(company.hub, newcomer)
  }

  @Test func `a copied invitation is used once, and the second log waits for a person`() throws {
    let company = try Company()
    let invitation = try company.hub.invite("shop")
    let ledgers = try (0..<2).map { _ in
      try Ledger.create(
        at: nil, site: "shop", invitation: invitation,
        surroundings: company.branchClock.surroundings)
    }
    for ledger in ledgers {
      try Company.record(1, at: ledger)
      _ = try ledger.sync(with: company.hub)
    }
    #expect(try Company.answers(at: company.hub) == 1)
    let waiting = try company.hub.applicants()
    #expect(waiting.map(\.log) == [ledgers[1].log])
    #expect(waiting.map(\.standing) == [.invitationUsed])
    try company.hub.approve("shop")
    #expect(try Company.answers(at: company.hub) == 2)
    try expectSound(company.hub)
  }

  /// It did not write down that a person had said so; whoever decided let in a second log in no other way.
  @Test func `what a person has approved with an older program counts`() throws {
    let company = try Company()
    let invitation = try company.hub.invite("shop")
    let shops = try (0..<2).map { _ in
      let shop = try Ledger.create(
        at: nil, site: "shop", invitation: invitation,
        surroundings: company.branchClock.surroundings)
      try Company.record(1, at: shop)
      _ = try shop.sync(with: company.hub)
      return shop
    }
    var enrolled = Scorebook_V1_SiteEnrolled()
    enrolled.log = ProtobufBytes.data(shops[1].log.bytes)
    enrolled.site = "shop"
    enrolled.publicKey = ProtobufBytes.data(try shops[1].identity.publicKey())
    enrolled.invitation = invitation.message.invitation.id
    _ = try company.hub.withRecorder { try $0.append(.siteEnrolled(enrolled)) }
    for _ in 1...2 {
      #expect(try Company.answers(at: company.hub) == 2)
      try company.hub.rebuild()
    }
    _ = try company.branch.sync(with: company.hub)
    #expect(try Company.answers(at: company.branch) == 2)
  }

  /// Neither has heard of the other's word. `byAuthority`: one of the two is the authority, which enrols later.
  @Test(arguments: [true, false])
  func `a copied invitation that two who decide have used lets in one log`(byAuthority: Bool) throws
  {
    var company = try Company()
    let south = try company.world.join("south")
    let (delegate, other) = (company.branch, byAuthority ? company.hub : south)
    for ledger in [delegate, south] { _ = try ledger.sync(with: company.hub) }
    for site in ["branch", "south"] { try company.hub.delegate(to: site) }
    let invitation = try company.hub.invite("shop")
    for ledger in [delegate, south] { _ = try ledger.sync(with: company.hub) }
    let shops = try (0..<2).map { _ in
      let shop = try Ledger.create(
        at: nil, site: "shop", invitation: invitation,
        surroundings: company.branchClock.surroundings)
      try Company.record(1, at: shop)
      return shop
    }
    for site in company.world.sites { site.clock.set(WallClock.start) }
    _ = try shops[0].sync(with: delegate)
    for site in company.world.sites { site.clock.turn(seconds: 600) }
    _ = try shops[1].sync(with: other)
    #expect(try Company.answers(at: delegate) == 1 && Company.answers(at: other) == 1)
    for _ in 1...2 {
      for ledger in [delegate, south] { _ = try ledger.sync(with: company.hub) }
    }
    let late = byAuthority ? shops[0] : shops[1]
    for ledger in [company.hub, delegate, south] {
      #expect(try Company.answers(at: ledger) == 1)
      let waiting = try ledger.applicants()
      #expect(waiting.map(\.log) == [late.log])
      #expect(waiting.map(\.standing) == [.invitationUsed])
    }
    try company.hub.approve("shop")
    for ledger in [delegate, south] {
      _ = try ledger.sync(with: company.hub)
      #expect(try Company.answers(at: ledger) == 2)
    }
    try expectSound(company.hub, delegate)
  }

  @Test func `who may not approve, or approves nobody, is told, and nothing is recorded`() throws {
    let company = try Company()
    let newcomers = try (0..<2).map { _ in try join("shop", company) }
    for newcomer in newcomers { _ = try newcomer.sync(with: company.hub) }
    _ = try company.branch.sync(with: company.hub)
    let digest = try company.hub.holdings().digest
    #expect(throws: LedgerError.notAuthority(site: "branch")) { try company.branch.approve("shop") }
    #expect(throws: LedgerError.nobodyWaits("shed", waiting: ["shop"])) {
      try company.hub.approve("shed")
    }
    #expect(throws: LedgerError.severalWait("shop", newcomers.map(\.log).sorted())) {
      try company.hub.approve("shop")
    }
    #expect(try company.hub.holdings().digest == digest)
    try company.hub.approve("shop", log: newcomers[1].log)
    #expect(try company.hub.applicants().map(\.log) == [newcomers[0].log])
  }

  private func join(_ site: String, _ company: Company) throws -> Ledger {
    try Ledger.create(
      at: nil, site: site, invitation: try company.hub.invite(site, needsApproval: true),
      surroundings: company.branchClock.surroundings)
  }
}
