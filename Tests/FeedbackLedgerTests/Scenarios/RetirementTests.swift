import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import TestSupport
import Testing

@Suite struct `Scenarios of retirement` {
  @Test
  func `scenario 5: of 64 sites 40 retire; clocks stay bounded, and a late package is not lost`()
    throws
  {
    var company = try Company()
    let laptops = try Self.join(64, &company)
    let retired = Array(laptops.suffix(40))
    for ledger in retired { try Self.retire(ledger, at: company.hub) }
    let counted = try StoreCounters(company.hub).kept()
    // Ninety days pass; only those that stay record and are heard of.
    for site in company.world.sites { site.clock.turn(seconds: 90 * 86_400) }
    let staying = Array(laptops.prefix(24))
    for ledger in staying {
      _ = try ledger.sync(with: company.hub)
      try Company.record(1, at: ledger)
      _ = try ledger.sync(with: company.hub)
    }
    try Company.record(1, at: company.hub)
    try Self.expectBounded(company.hub, heads: staying.count)

    let late = retired[7]
    try Company.record(3, at: late)
    let reports = try late.sync(with: company.hub)
    #expect(reports.there.refusals.isEmpty)
    // The three and the observation of what it had heard before.
    #expect(reports.there.pending == 4)
    // Held, shown as pending, passed on; counted nowhere.
    let other = staying[0]
    _ = try other.sync(with: company.hub)
    for ledger in [company.hub, other] {
      #expect(try Company.answers(at: ledger) == 64 + 24 + 1)
      let warnings = try ledger.score(ScoreRequest(metric: "nps")).warnings
      #expect(warnings.contains(.pending(events: 4)))
      // Start, answer, the observation after the first session, and the four.
      #expect(try ReferenceLogs(of: ledger).logs[late.log]?.count == 7)
    }
    #expect(counted.total(.nps) == 64)
    try expectSound(company.hub, other)
  }

  /// Each records one answer, and is enrolled.
  private static func join(_ count: Int, _ company: inout Company) throws -> [Ledger] {
    for number in 1..<count { try company.world.join("laptop \(number)") }
    let laptops = Array(company.world.ledgers.dropFirst())
    for ledger in laptops {
      try Company.record(1, at: ledger)
      _ = try ledger.sync(with: company.hub)
    }
    #expect(try Company.answers(at: company.hub) == Int64(count))
    return laptops
  }

  /// An event of the authority: the log counts up to what is held of it now.
  private static func retire(_ ledger: Ledger, at hub: Ledger) throws {
    let head = try #require(try hub.heads().first { $0.head.log == ledger.log }?.head)
    var retired = Scorebook_V1_SiteRetired()
    retired.finalHead.log = ProtobufBytes.data(head.log.bytes)
    retired.finalHead.size = head.size
    retired.finalHead.root = ProtobufBytes.data(head.root.bytes)
    _ = try hub.withRecorder { try $0.append(.siteRetired(retired)) }
  }

  /// The newest observation names those that were heard of since the one before, never all that ever were.
  private static func expectBounded(_ hub: Ledger, heads: Int) throws {
    let entries = try #require(try ReferenceLogs(of: hub).logs[hub.log])
    let observations = entries.compactMap { entry in
      if case .observed(let observed) = entry.event.body { observed } else { nil }
    }
    #expect(try #require(observations.last).heads.count <= heads)
    #expect(try hub.store.read { $1.clock.entries.count } == 65)
  }
}
