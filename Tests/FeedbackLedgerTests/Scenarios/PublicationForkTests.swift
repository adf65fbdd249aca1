import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import SwiftProtobuf
import TestSupport
import Testing

/// A publication stores its clock, and what is proven later lies outside it (DESIGN §2.7).
@Suite struct `Scenarios of publications` {
  @Test func `one made before its fork was known comes out again where its branch is held`() throws
  {
    let company = try Company()
    let twin = try company.twin()
    try Company.record(3, at: company.branch)
    _ = try company.hub.record([EventDraft(Bodies.response([Bodies.nps(0)]))])
    _ = try company.branch.sync(with: company.hub)
    let published = try company.hub.publish(ScoreRequest(metric: "nps"))
    #expect(published.table.rows.map { $0.score.text() } == ["50.0"])
    try Company.record(5, at: twin)
    for ledger in [twin, company.branch, twin] { _ = try ledger.sync(with: company.hub) }
    #expect(try Company.answers(at: company.hub) == 9)
    let request = try company.hub.publication(published.address).request
    for ledger in [company.hub, company.branch] {
      let table = try ledger.score(request)
      #expect(table.rows.map(\.score) == published.table.rows.map(\.score), "\(ledger.site)")
      #expect(table.digest == published.table.digest)
      #expect(!table.warnings.contains { Self.isOfBranch($0) })
    }
    // Who holds the other branch says so, beside the value that was published.
    let warnings = try twin.score(request).warnings
    #expect(warnings.contains(.publishedFromOtherBranch(site: "branch", value: "50.000000")))
    try expectSound(company.hub, company.branch, twin)
  }

  @Test func `one of before the fork point comes out again everywhere`() throws {
    let company = try Company()
    try Company.record(2, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    let published = try company.hub.publish(ScoreRequest(metric: "nps"))
    _ = try company.branch.sync(with: company.hub)
    let twin = try company.twin()
    try Company.record(3, at: company.branch)
    try Company.record(5, at: twin)
    for ledger in [company.branch, twin, company.branch] {
      _ = try ledger.sync(with: company.hub)
    }
    let request = try company.hub.publication(published.address).request
    for ledger in [company.hub, company.branch, twin] {
      let table = try ledger.score(request)
      #expect(table.rows.map(\.score) == published.table.rows.map(\.score))
      #expect(!table.warnings.contains { Self.isOfBranch($0) })
    }
  }

  @Test(arguments: [PublicationMessage.foldVersion, 1])
  func `a value of another fold version is told as that`(version: UInt32) throws {
    let company = try Company()
    try Company.record(2, at: company.hub)
    let published = try company.hub.publish(ScoreRequest(metric: "nps"))
    var message = try company.hub.publication(published.address).message
    message.foldVersion = version
    message.groups[0].value = "40.000000"
    message.value = "40.000000"
    let address = try company.hub.withRecorder { try $0.append(.scorePublished(message)) }
    let request = try company.hub.publication(address).request
    let warning = ScoreWarning.publishedByOtherFold(version: version, value: "40.000000")
    let isOther = version != PublicationMessage.foldVersion
    #expect(try company.hub.score(request).warnings.contains(warning) == isOther)
    // Another question of the same cut has no published value to differ from.
    var other = request
    other.groupings = [.site]
    #expect(try !company.hub.score(other).warnings.contains(warning))
  }

  private static func isOfBranch(_ warning: ScoreWarning) -> Bool {
    if case .publishedFromOtherBranch = warning { true } else { false }
  }
}
