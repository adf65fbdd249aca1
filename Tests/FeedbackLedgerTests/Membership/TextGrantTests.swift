import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import LedgerSync
import TestSupport
import Testing

/// Sites that are given scores without texts.
@Suite("Text grants") struct TextGrantTests {
  @Test func `a site invited without text counts everything and reads its own texts only`() throws {
    var company = try Company()
    try Company.comment(3, at: company.hub)
    try Company.comment(2, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    let agency = try company.joinWithoutText("agency")
    try Company.comment(1, at: agency)
    for _ in 0..<3 { _ = try agency.sync(with: company.hub) }
    #expect(try Company.answers(at: agency) == 6)
    #expect(try Company.texts(of: agency) == 1)
    // It asks for nothing that it will not be given.
    #expect(try agency.missingTexts().isEmpty)
    // Its own texts go where texts may go.
    _ = try company.branch.sync(with: company.hub)
    #expect(try Company.texts(of: company.hub) == 6)
    #expect(try Company.texts(of: company.branch) == 6)
    #expect(try company.hub.sites().filter(\.isWithoutText).map(\.site) == ["agency"])
    try expectSound(company.hub, company.branch, agency)
  }

  @Test func `what was withheld comes when the authority says so, through any peer`() throws {
    let company = try Company()
    _ = try company.branch.sync(with: company.hub)
    #expect(try company.hub.withholdTexts(from: "branch") == [company.branch.log])
    try Company.comment(4, at: company.hub)
    _ = try company.branch.sync(with: company.hub)
    #expect(try Company.answers(at: company.branch) == 4)
    #expect(try Company.texts(of: company.branch) == 0)
    try company.hub.endWithholdingTexts(from: "branch")
    for _ in 0..<2 { _ = try company.branch.sync(with: company.hub) }
    #expect(try Company.texts(of: company.branch) == 4)
    #expect(try company.hub.sites().allSatisfy { !$0.isWithoutText })
    try expectSound(company.hub, company.branch)
  }

  @Test func `a relay honours the decision, and so does a successor of the log`() throws {
    var company = try Company()
    let relay = try company.world.join("relay")
    _ = try relay.sync(with: company.hub)
    try company.hub.withholdTexts(from: "branch")
    try Company.comment(2, at: company.hub)
    _ = try relay.sync(with: company.hub)
    let successor = try company.copy("copy.ledger")
    #expect(successor.log != company.branch.log)
    for ledger in [company.branch, successor] {
      for _ in 0..<2 { _ = try ledger.sync(with: relay) }
      #expect(try Company.answers(at: ledger) == 2)
      #expect(try Company.texts(of: ledger) == 0)
    }
    #expect(try Company.texts(of: relay) == 2)
  }

  @Test func `a site that is put back gets its own texts again`() throws {
    var company = try Company()
    let agency = try company.joinWithoutText("agency")
    try Company.comment(1, at: agency)
    _ = try agency.sync(with: company.hub)
    let again = try company.world.join("agency")
    try Company.comment(2, at: company.hub)
    try company.hub.withholdTexts(from: "agency")
    for _ in 0..<3 { _ = try again.sync(with: company.hub) }
    // It was enrolled after the word, so the word is said again about its log.
    try company.hub.withholdTexts(from: "agency")
    try Company.comment(1, at: company.hub)
    for _ in 0..<2 { _ = try again.sync(with: company.hub) }
    #expect(try again.missingTexts().isEmpty)
    #expect(try Company.texts(of: again) == 3)
  }

  @Test func `who is not enrolled yet, or has closed, is given no texts`() throws {
    var company = try Company()
    try Company.comment(2, at: company.hub)
    _ = try company.branch.sync(with: company.hub)
    let late = try company.world.join("late")
    // The branch relays, and cannot enrol.
    for _ in 0..<2 { _ = try late.sync(with: company.branch) }
    #expect(try Company.texts(of: late) == 0)
    for ledger in [late, company.branch] { _ = try ledger.sync(with: company.hub) }
    #expect(try Company.texts(of: late) == 2)
    try company.hub.retire("late")
    try Company.comment(1, at: company.hub)
    for _ in 0..<2 { _ = try late.sync(with: company.hub) }
    #expect(try Company.answers(at: late) == 3)
    #expect(try Company.texts(of: late) == 2)
  }

  @Test func `bundles and folders carry no texts where none shall go`() throws {
    var company = try Company()
    try Company.comment(3, at: company.hub)
    let path = company.folder.path("scores.bundle")
    #expect(try company.hub.bundle(to: path, withoutText: true).texts == 0)
    _ = try company.branch.merge(bundle: path)
    #expect(try Company.answers(at: company.branch) == 3)
    #expect(try Company.texts(of: company.branch) == 0)
    // A bundle for anyone, in the hands of one who shall not read it.
    let agency = try company.joinWithoutText("agency")
    _ = try agency.sync(with: company.hub)
    try Company.comment(2, at: company.hub)
    let whole = company.folder.path("whole.bundle")
    #expect(try company.hub.bundle(to: whole).texts == 5)
    _ = try agency.merge(bundle: whole)
    #expect(try Company.answers(at: agency) == 5)
    #expect(try Company.texts(of: agency) == 0)
    let shared = company.folder.path("shared")
    try company.folder.make("shared")
    #expect(try company.hub.sync(folder: shared, withoutText: true).texts == 0)
    #expect(try company.branch.sync(folder: shared).received.texts == 0)
    #expect(try company.hub.sync(folder: shared).texts == 5)
    #expect(try company.branch.sync(folder: shared).received.texts == 5)
    #expect(try agency.sync(folder: shared).received.texts == 0)
  }

  @Test func `only the authority decides it, and not about itself`() throws {
    let company = try Company()
    _ = try company.branch.sync(with: company.hub)
    #expect(throws: LedgerError.notAuthority(site: "branch")) {
      try company.branch.withholdTexts(from: "branch")
    }
    #expect(throws: LedgerError.authorityStays("head office")) {
      try company.hub.withholdTexts(from: "head office")
    }
    try company.hub.delegate(to: "branch")
    _ = try company.branch.sync(with: company.hub)
    #expect(throws: LedgerError.notAuthority(site: "branch")) {
      try company.branch.withholdTexts(from: "branch")
    }
  }

  /// More are missing than a session asks for, and the first ones are gone for ever.
  @Test func `texts that nobody holds any more do not keep the others away`() throws {
    let company = try Company()
    let gone = SyncLimits.missingTextsMax + 50
    try company.hub.withholdTexts(from: "branch")
    try Company.comment(gone, at: company.hub)
    try company.hub.store.run("DELETE FROM detached")
    try Company.comment(30, at: company.hub)
    for _ in 0..<2 { _ = try company.branch.sync(with: company.hub) }
    try company.hub.endWithholdingTexts(from: "branch")
    for _ in 0..<60 where try Company.texts(of: company.branch) < 30 {
      company.branchClock.turn(seconds: 1)
      _ = try company.branch.sync(with: company.hub)
    }
    #expect(try Company.texts(of: company.branch) == 30)
  }
}

extension Company {
  fileprivate mutating func joinWithoutText(_ name: String) throws -> Ledger {
    try Ledger.create(
      at: nil, site: name, invitation: try hub.invite(name, withoutText: true),
      surroundings: hubClock.surroundings)
  }
}
