import FeedbackLedger
import LedgerCore
import LedgerStore
import TestSupport
import Testing

@Suite struct `Scenarios of a new installation` {
  private let mapping = """
    source: till
    rows: survey
    id: id
    occurred: {column: day, format: "yyyy-MM-dd", zone: UTC, precision: day}
    survey:
      id: till
      questions:
        - {id: recommend, column: q, metric: nps, scale: [0, 10]}
    """
  private let rows = (1...40).map { "\($0),2026-02-0\($0 % 9 + 1),\($0 % 11)" }

  /// The old installation met the regional hub only, which meets the hub later than the new one does.
  @Test(arguments: [true, false])
  func `scenario 7: a branch is installed anew, and its old events come through another hub`(
    hubHearsOldFirst: Bool
  ) throws {
    var company = try Company()
    let regional = try company.world.join("regional hub")
    #expect(try importRows(into: company.branch).accepted == 40)
    try Company.record(5, at: company.branch)
    _ = try company.branch.sync(with: regional)
    let old = company.branch

    // The laptop is gone; its site is invited again, and its till exports the same rows once more.
    let new = try company.world.join("branch", at: company.folder.path("new.ledger"))
    #expect(new.log != old.log)
    _ = try new.sync(with: regional)
    let again = try importRows(into: new)
    #expect(again.accepted == 0 && again.duplicate == 40)
    try Company.record(2, at: new)
    let ways = [(new, company.hub), (regional, company.hub)]
    for (left, right) in hubHearsOldFirst ? ways.reversed() : ways {
      _ = try left.sync(with: right)
    }
    // Everything once more, by every way.
    for (left, right) in ways + ways + [(new, regional)] {
      let reports = try left.sync(with: right)
      #expect(reports.there.refusals.isEmpty && reports.here.refusals.isEmpty)
    }
    for ledger in [company.hub, regional, new] {
      #expect(try Company.answers(at: ledger) == 47)
      let rows = try ledger.score(ScoreRequest(metric: "nps", groupings: [.site])).rows
      #expect(rows.map(\.group) == [["branch"]])
    }
    try expectSound(company.hub, regional, new)
  }

  private func importRows(into ledger: Ledger) throws -> ImportReport {
    let text = (["id,day,q"] + rows).joined(separator: "\n") + "\n"
    var rows = try ImportRows(ByteSource(text), mapping: Mapping(yaml: mapping))
    return try ledger.importRows(&rows, mappingText: mapping)
  }
}
