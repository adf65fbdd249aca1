import FeedbackLedger
import LedgerCore
import LedgerStore
import TestSupport
import Testing

@Suite struct `Scenarios of import` {
  private let mapping = """
    source: shop
    rows: survey
    id: id
    occurred: {column: day, format: "yyyy-MM-dd", zone: UTC, precision: day}
    customer: {column: member, namespace: member}
    survey:
      id: shop
      questions:
        - {id: recommend, column: q, metric: nps, scale: [0, 10]}
    """

  @Test
  func `scenario 19: a file that comes twice, then changed, then is voided, leaves what was there`()
    throws
  {
    let company = try Company()
    try Company.record(2, at: company.branch)
    let original = try StoreCounters(company.branch).kept()
    let rows = (1...50).map { "\($0),2026-02-0\($0 % 9 + 1),\($0 % 11),m\($0 % 7)" }
    let first = try importRows(rows, into: company.branch)
    #expect(first.accepted == 50)
    let imported = try StoreCounters(company.branch).kept()
    #expect(imported.total(.nps) == 52)

    let again = try importRows(rows, into: company.branch)
    #expect(again.accepted == 0 && again.duplicate == 50)
    #expect(again.batch == nil)
    var changed = rows
    changed[16] = "17,2026-02-09,0,m3"
    let conflict = try importRows(changed, into: company.branch)
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

  private func importRows(_ lines: [String], into ledger: Ledger) throws -> ImportReport {
    let text = (["id,day,q,member"] + lines).joined(separator: "\n") + "\n"
    var rows = try ImportRows(ByteSource(text), mapping: Mapping(yaml: mapping))
    return try ledger.importRows(&rows, mappingText: mapping)
  }
}
