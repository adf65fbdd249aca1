import FeedbackLedger
import LedgerCore
import LedgerStore
import TestSupport
import Testing

/// Sites that decide in the authority's place.
@Suite("Delegation") struct DelegationTests {
  @Test func `a delegate enrols, approves and retires, and the authority honours it`() throws {
    let company = try Company()
    try company.hub.delegate(to: "branch")
    _ = try company.branch.sync(with: company.hub)
    let shop = try newcomer("shop", company)
    try Company.record(2, at: shop)
    let report = try shop.sync(with: company.branch)
    #expect(report.there.enrolled == ["shop"])
    #expect(try Company.answers(at: company.branch) == 2)
    _ = try company.branch.sync(with: company.hub)
    #expect(try Company.answers(at: company.hub) == 2)
    try company.branch.retire("shop")
    _ = try company.branch.sync(with: company.hub)
    #expect(try company.hub.sites().first { $0.site == "shop" }?.standing == .retired)
    try expectSound(company.hub, company.branch)
  }

  @Test func `a delegate decides neither about the authority nor about its equals`() throws {
    var company = try Company()
    let other = try company.world.join("other", at: company.folder.path("other.ledger"))
    _ = try other.sync(with: company.hub)
    for site in ["branch", "other"] { try company.hub.delegate(to: site) }
    _ = try company.branch.sync(with: company.hub)
    for site in ["head office", "other"] {
      #expect(throws: LedgerError.authorityStays(site)) { try company.branch.revoke(site) }
      #expect(throws: LedgerError.notAuthority(site: "branch")) {
        try company.branch.delegate(to: site)
      }
    }
  }

  @Test func `a site that was retired or revoked is made no delegate`() throws {
    var company = try Company()
    let other = try company.world.join("other", at: company.folder.path("other.ledger"))
    for ledger in [other, company.branch] { _ = try ledger.sync(with: company.hub) }
    try company.hub.retire("branch")
    try company.hub.revoke("other")
    let size = try company.hub.holdings().clock[company.hub.log]
    for site in ["branch", "other"] {
      #expect(throws: LedgerError.siteHasEnded(site)) { try company.hub.delegate(to: site) }
    }
    #expect(try company.hub.holdings().clock[company.hub.log] == size)
  }

  @Test func `a delegation that is not there is not ended`() throws {
    let company = try Company()
    _ = try company.branch.sync(with: company.hub)
    let size = try company.hub.holdings().clock[company.hub.log]
    #expect(throws: LedgerError.noDelegate("branch")) {
      try company.hub.endDelegation(to: "branch")
    }
    #expect(throws: LedgerError.ownSite("head office")) { try company.hub.invite("head office") }
    #expect(try company.hub.holdings().clock[company.hub.log] == size)
    try company.hub.delegate(to: "branch")
    #expect(try company.hub.endDelegation(to: "branch").count == 1)
  }

  @Test func `what a delegate decided before its end stands, and nothing after it`() throws {
    let company = try Company()
    try company.hub.delegate(to: "branch")
    _ = try company.branch.sync(with: company.hub)
    let (early, late) = (try newcomer("early", company), try newcomer("late", company))
    for ledger in [early, late] { try Company.record(1, at: ledger) }
    _ = try early.sync(with: company.branch)
    _ = try company.branch.sync(with: company.hub)
    try company.hub.endDelegation(to: "branch")
    // The delegate has not heard of it yet.
    _ = try late.sync(with: company.branch)
    #expect(try Company.answers(at: company.branch) == 2)
    for _ in 0..<2 { _ = try company.branch.sync(with: company.hub) }
    let enrolled = try company.hub.applicants().isEmpty
    // The authority enrols by itself whom the delegate had no right to enrol any more.
    #expect(enrolled)
    for ledger in [company.hub, company.branch] { #expect(try Company.answers(at: ledger) == 2) }
    #expect(throws: LedgerError.notAuthority(site: "branch")) {
      try company.branch.retire("early")
    }
    try expectSound(company.hub, company.branch)
  }

  @Test func `a delegate whose laptop was stolen decides nothing after the named entry`() throws {
    let company = try Company()
    try company.hub.delegate(to: "branch")
    _ = try company.branch.sync(with: company.hub)
    let shop = try newcomer("shop", company)
    try Company.record(1, at: shop)
    _ = try shop.sync(with: company.hub)
    _ = try company.branch.sync(with: company.hub)
    try company.hub.revoke("branch")
    try company.branch.retire("shop")
    _ = try company.branch.sync(with: company.hub)
    #expect(try company.hub.sites().first { $0.site == "shop" }?.standing == .ok)
    try Company.record(1, at: shop)
    _ = try shop.sync(with: company.hub)
    #expect(try Company.answers(at: company.hub) == 2)
    try expectSound(company.hub)
  }

  @Test func `a delegate whose own log is revoked enrols nobody, however often it hears of him`()
    throws
  {
    let company = try Company()
    try company.hub.delegate(to: "branch")
    _ = try company.branch.sync(with: company.hub)
    let shop = try newcomer("shop", company)
    try company.hub.revoke("branch")
    _ = try company.branch.sync(with: company.hub)
    for _ in 0..<3 {
      #expect(try shop.sync(with: company.branch).there.enrolled == [])
      #expect(try company.branch.sync(with: shop).here.received == 0)
    }
    #expect(throws: LedgerError.notAuthority(site: "branch")) { try company.branch.approve("shop") }
    #expect(try shop.sync(with: company.hub).there.enrolled == ["shop"])
    try expectSound(company.hub)
  }

  @Test func `whom a delegate enrolled may be a delegate himself`() throws {
    let company = try Company()
    try company.hub.delegate(to: "branch")
    _ = try company.branch.sync(with: company.hub)
    let shop = try newcomer("shop", company)
    _ = try shop.sync(with: company.branch)
    _ = try company.branch.sync(with: company.hub)
    try company.hub.delegate(to: "shop")
    _ = try shop.sync(with: company.hub)
    try Company.record(1, at: shop)
    let kiosk = try newcomer("kiosk", company)
    try Company.record(1, at: kiosk)
    #expect(try kiosk.sync(with: shop).there.enrolled == ["kiosk"])
    _ = try shop.sync(with: company.hub)
    for ledger in [company.hub, shop] { #expect(try Company.answers(at: ledger) == 2) }
    try expectSound(company.hub, shop)
  }

  private func newcomer(_ site: String, _ company: Company) throws -> Ledger {
    try Ledger.create(
      at: nil, site: site, invitation: try company.hub.invite(site),
      surroundings: company.branchClock.surroundings)
  }
}
