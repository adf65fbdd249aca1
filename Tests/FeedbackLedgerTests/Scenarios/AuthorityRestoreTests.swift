import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import SwiftProtobuf
import TestSupport
import Testing

/// Who may join after the authority's ledger was restored: a successor inherits the site and its rights (DESIGN §4.6).
@Suite struct `Scenarios of a restored authority` {
  @Test func `the log it goes on in enrols and revokes, everywhere`() throws {
    let company = try Company()
    try Company.record(2, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    let restored = try Self.restore(company)
    #expect(restored.log != company.hub.log)
    let newcomer = try Ledger.create(
      at: nil, site: "newcomer", invitation: try restored.invite("newcomer"),
      surroundings: company.branchClock.surroundings)
    try Company.record(3, at: newcomer)
    #expect(try newcomer.sync(with: restored).there.enrolled == ["newcomer"])
    _ = try company.branch.sync(with: restored)
    for ledger in [restored, company.branch, newcomer] {
      #expect(try Company.answers(at: ledger) == 5)
    }
    var revoked = Scorebook_V1_SiteRevoked()
    revoked.log = ProtobufBytes.data(newcomer.log.bytes)
    _ = try restored.withRecorder { try $0.append(.siteRevoked(revoked)) }
    for ledger in [company.branch, newcomer] {
      _ = try ledger.sync(with: restored)
      #expect(try Company.answers(at: ledger) == 2)
      try expectSameAnswers(as: try Reference(of: ledger), from: ledger)
    }
    try expectSound(restored, company.branch, newcomer)
  }

  @Test func `an invitation from before the restore is still good, and good once`() throws {
    let company = try Company()
    let invitation = try company.hub.invite("newcomer")
    let restored = try Self.restore(company)
    func join() throws -> Ledger {
      try Ledger.create(
        at: nil, site: "newcomer", invitation: invitation,
        surroundings: company.branchClock.surroundings)
    }
    let (first, second) = (try join(), try join())
    for ledger in [first, second] {
      try Company.record(1, at: ledger)
      _ = try ledger.sync(with: restored)
    }
    #expect(try Company.answers(at: restored) == 1)
    try expectSound(restored)
  }

  @Test func `a revocation that the restore forgot comes back with who had heard of it`() throws {
    let company = try Company()
    try company.hub.store.checkpoint()
    try company.folder.copy("authority.ledger", to: "yesterday.ledger")
    try Company.record(2, at: company.branch)
    var revoked = Scorebook_V1_SiteRevoked()
    revoked.log = ProtobufBytes.data(company.branch.log.bytes)
    _ = try company.branch.sync(with: company.hub)
    _ = try company.hub.withRecorder { try $0.append(.siteRevoked(revoked)) }
    _ = try company.branch.sync(with: company.hub)
    let restored = try Ledger.open(
      at: company.folder.path("yesterday.ledger"), surroundings: company.hubClock.surroundings)
    _ = try company.branch.sync(with: restored)
    #expect(try Company.answers(at: restored) == 0)
    try expectSound(restored, company.branch)
  }

  private static func restore(_ company: Company) throws -> Ledger {
    try company.hub.store.checkpoint()
    try company.folder.copy("authority.ledger", to: "restored.ledger")
    return try Ledger.open(
      at: company.folder.path("restored.ledger"), surroundings: company.hubClock.surroundings)
  }
}
