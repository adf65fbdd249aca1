import FeedbackLedger
import LedgerCore
import LedgerStore
import TestSupport
import Testing

@Suite struct `Scenarios of import` {
  @Test
  func `scenario 19: a file that comes twice, then changed, then is voided, leaves what was there`()
    throws
  {
    let company = try Company()
    try Company.record(2, at: company.branch)
    let original = try StoreCounters(company.branch).kept()
    let rows = ShopRows.rows(1...50)
    let first = try ShopRows.read(rows, into: company.branch)
    #expect(first.accepted == 50)
    let imported = try StoreCounters(company.branch).kept()
    #expect(imported.total(.nps) == 52)

    let again = try ShopRows.read(rows, into: company.branch)
    #expect(again.accepted == 0 && again.duplicate == 50)
    #expect(again.batch == nil)
    var changed = rows
    changed[16] = "17,2026-02-09,0,m3"
    let conflict = try ShopRows.read(changed, into: company.branch)
    #expect(conflict.accepted == 0 && conflict.duplicate == 49 && conflict.conflict == 1)
    expect(try StoreCounters(company.branch).kept(), equal: imported, "after both")

    _ = try company.branch.sync(with: company.hub)
    expect(try StoreCounters(company.hub).kept(), equal: imported, "at the hub")
    _ = try company.branch.voidImport(try #require(first.batch))
    expect(try StoreCounters(company.branch).kept(), equal: original, "voided")
    _ = try company.branch.sync(with: company.hub)
    expect(try StoreCounters(company.hub).kept(), equal: original, "voided at the hub")
    try expectSound(company.branch, company.hub)
  }

  @Test func `a dry run says what an import would do, and leaves nothing`() throws {
    let company = try Company()
    // What was merged is observed before the first own event after it: a dry run takes that back too.
    try Company.record(1, at: company.hub)
    _ = try company.branch.sync(with: company.hub)
    let before = try company.branch.store.read { ($1.heads, $1.lastPosition) }
    let dry = try ShopRows.read(ShopRows.rows(1...20), into: company.branch, isDryRun: true)
    #expect(dry.accepted == 20)
    #expect(try company.branch.store.read { ($1.heads, $1.lastPosition) } == before)
    let real = try ShopRows.read(ShopRows.rows(1...20), into: company.branch)
    #expect(real.accepted == 20 && real.duplicate == 0)
    try expectSound(company.branch)
  }
}
