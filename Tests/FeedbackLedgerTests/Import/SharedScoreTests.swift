import FeedbackLedger
import LedgerCore
import TestSupport
import Testing

/// The shared data sets imported into a ledger and read out as scores. The numbers were counted from the files by other
/// programs.
@Suite(.enabled(if: SharedData.isPresent, "The shared data sets are not beside the package."))
struct SharedScoreTests {
  @Test func `the airport's scores of 2017 come out of a ledger`() throws {
    let ledger = try sfo(2017)
    let nps = try score("nps", of: ledger)
    #expect(nps.n == 2_746)
    #expect(nps[count: "promoters"] == 1_436)
    #expect(nps[count: "passives"] == 968)
    #expect(nps[count: "detractors"] == 342)
    #expect(isClose(nps.value, 39.839_767))
    for (area, expected) in [("A", 39.917_127), ("G", 32.96)] {
      let part = try score("nps", of: ledger, where: Label(key: "area", value: area))
      #expect(isClose(part.value, expected))
    }
    let areas = try ledger.score(
      ScoreRequest(metric: "nps", groupings: [.label("area")])
    ).rows
    #expect(isClose(areas.first { $0.group == ["A"] }?.score.value, 39.917_127))
    #expect(isClose(areas.first { $0.group == ["G"] }?.score.value, 32.96))
    #expect(areas.map(\.score.n).reduce(0, +) == nps.n)
    #expect(isClose(try score("csi.equal", of: ledger).value, 3.939_359))
    #expect(isClose(try score("csi.respondent", of: ledger).value, 3.961_321))
  }

  @Test(arguments: [(2010, 75.4284), (2016, 80.9866), (2017, 82.0685)])
  func `the share of satisfied guests comes out of a ledger`(year: Int, expected: Double) throws {
    let score = try score("csat.top2", of: try sfo(year))
    #expect(isClose(score.value, expected, within: 0.000_05))
  }

  @Test func `the incidents of the service desk and their reopenings come out of a ledger`() throws
  {
    let ledger = try imported(
      "uci_incident/part_a_opened_to_2016-04-30.csv.gz", mapping: "uci-incidents")
    #expect(try score("ticket.backlog", of: ledger)[count: "opened"] == 17_136)
    let reopened = try score("ticket.reopenRate", of: ledger)
    #expect(reopened[count: "reopened"] == 202)
    #expect(reopened[count: "reopens"] == 243)
  }

  @Test func `the help desk's times come out of a ledger`() throws {
    let ledger = try imported("helpdesk_it/Helpdesk.csv.gz", mapping: "helpdesk-log")
    let reopened = try score("ticket.reopenRate", of: ledger)
    #expect(reopened[count: "reopened"] == 154)
    #expect(reopened[count: "reopens"] == 164)
    #expect(isClose(try score("ticket.frt", of: ledger).value, 983.3833, within: 0.000_05))
    #expect(
      isClose(try score("ticket.firstResolution", of: ledger).value, 8_612.0667, within: 0.000_05))
  }

  @Test func `the points of a year's groceries come out of a ledger, line by line`() throws {
    let ledger = try imported(
      "completejourney/transactions_sample.csv.gz", mapping: "complete-journey")
    #expect(try score("loyalty.issued", of: ledger).value == 196_055)
    let stores = try ledger.score(ScoreRequest(metric: "loyalty.issued", groupings: [.site])).rows
    #expect(stores.compactMap(\.score.value).reduce(0, +) == 196_055)
  }

  private func sfo(_ year: Int) throws -> Ledger {
    try imported(
      "sfo_survey/data/\(year)_SFO_Customer_Survey.csv.gz", mapping: "sfo-\(year)")
  }

  private func imported(_ path: String, mapping: String) throws -> Ledger {
    let ledger = try Ledger.create(at: nil, site: "desk")
    let text = try ShippedMappings.yaml(mapping)
    var rows = try ImportRows(SharedData.source(path), mapping: Mapping(yaml: text))
    let report = try ledger.importRows(&rows, mappingText: text)
    #expect(report.rejected == 0)
    #expect(report.conflict == 0)
    return ledger
  }

  private func score(
    _ metric: String, of ledger: Ledger, where filter: Label? = nil
  ) throws -> Score {
    let request = ScoreRequest(metric: metric, filters: filter.map { [$0] } ?? [])
    return try #require(try ledger.score(request).rows.first?.score)
  }

  private func isClose(
    _ value: Double?, _ expected: Double, within error: Double = 0.000_001
  ) -> Bool {
    value.map { abs($0 - expected) < error } ?? false
  }
}
