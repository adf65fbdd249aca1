import FeedbackLedger
import LedgerCore
import LedgerSchema
import TestSupport
import Testing

/// The numbers were counted from the files by other programs.
@Suite(.enabled(if: SharedData.isPresent, "The shared data sets are not beside the package."))
struct SharedDataTests {
  private func share(of values: ClosedRange<Int32>, in tally: [Int32: Int]) -> Double {
    let matching = tally.filter { values.contains($0.key) }.values.reduce(0, +)
    return 100 * Double(matching) / Double(tally.values.reduce(0, +))
  }

  private func sfo(_ year: Int) throws -> ImportSample {
    try SharedData.sample(
      "sfo_survey/data/\(year)_SFO_Customer_Survey.csv.gz", mapping: "sfo-\(year)")
  }

  private func isClose(_ value: Double, _ expected: Double, within error: Double = 0.000_001)
    -> Bool
  {
    abs(value - expected) < error
  }

  @Test(arguments: [
    (2010, 3_234), (2011, 3_872), (2012, 3_521), (2013, 3_535), (2014, 2_818), (2015, 2_958),
    (2016, 3_087),
    (2017, 2_831),
  ])
  func `every interview of every year is a response`(year: Int, responses: Int) throws {
    let sample = try sfo(year)
    #expect(sample.rejected.isEmpty)
    #expect(sample.responses.count == responses)
    #expect(sample.drafts.allSatisfy { $0.labels["area"] != nil || year == 2013 })
  }

  @Test func `the airport's promoter score of 2017 comes out`() throws {
    let sample = try sfo(2017)
    let tally = try #require(sample.tallies["recommend"])
    #expect(tally.values.reduce(0, +) == 2_746)
    #expect(tally.filter { $0.key >= 9 }.values.reduce(0, +) == 1_436)
    #expect(tally.filter { (7...8).contains($0.key) }.values.reduce(0, +) == 968)
    #expect(tally.filter { $0.key <= 6 }.values.reduce(0, +) == 342)
    for (area, expected) in [("A", 39.917127), ("G", 32.960000)] {
      var part = sample
      part.drafts.removeAll { $0.labels["area"] != area }
      let tally = try #require(part.tallies["recommend"])
      let score = share(of: 9...10, in: tally) - share(of: 0...6, in: tally)
      #expect(isClose(score, expected))
    }
  }

  @Test(arguments: [(2010, 75.4284), (2016, 80.9866), (2017, 82.0685)])
  func `the share of satisfied guests comes out`(year: Int, expected: Double) throws {
    let tally = try #require(try sfo(year).tallies["overall"])
    #expect(isClose(share(of: 4...5, in: tally), expected, within: 0.000_05))
  }

  @Test func `the satisfaction index of 2017 comes out both ways`() throws {
    let sample = try sfo(2017)
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    let answers = sample.responses.map { response in
      response.answers.filter { $0.metric == .csi && $0.outcome != .skipped(true) }
    }
    let attributes = Dictionary(grouping: answers.joined()) { $0.question }.values
    #expect(attributes.count == 14)
    #expect(isClose(mean(attributes.map { mean($0.map { Double($0.value) }) }), 3.939_359))
    let respondents = answers.filter { !$0.isEmpty }
    #expect(isClose(mean(respondents.map { mean($0.map { Double($0.value) }) }), 3.961_321))
  }

  @Test func `the incidents of the service desk and their reopenings come out`() throws {
    let sample = try SharedData.sample(
      "uci_incident/part_a_opened_to_2016-04-30.csv.gz", mapping: "uci-incidents")
    #expect(sample.rejected.isEmpty)
    #expect(sample.rows == 101_045)
    #expect(sample.drafts.count { $0.kind == "opened" } == 17_136)
    let reopenings = sample.drafts.filter { $0.kind == "reopened" }
    #expect(reopenings.count == 243)
    #expect(Set(reopenings.map(\.itemID)).count == 202)
  }

  @Test func `the help desk's times come out`() throws {
    let sample = try SharedData.sample("helpdesk_it/Helpdesk.csv.gz", mapping: "helpdesk-log")
    #expect(sample.rejected.isEmpty)
    let reopenings = sample.drafts.filter { $0.kind == "reopened" }
    #expect(reopenings.count == 164)
    #expect(Set(reopenings.map(\.itemID)).count == 154)
    #expect(isClose(try medianMinutes(until: "replied", in: sample), 983.3833, within: 0.000_05))
    #expect(isClose(try medianMinutes(until: "resolved", in: sample), 8_612.0667, within: 0.000_05))
  }

  /// From each ticket's opening to its first event of a kind.
  private func medianMinutes(until kind: String, in sample: ImportSample) throws -> Double {
    var minutes: [Double] = []
    for drafts in Dictionary(grouping: sample.drafts, by: \.itemID).values {
      let opened = try #require(drafts.first { $0.kind == "opened" }?.occurrence?.instant)
      guard let first = drafts.first(where: { $0.kind == kind })?.occurrence?.instant else {
        continue
      }
      minutes.append(Double(first.microseconds - opened.microseconds) / 60_000_000)
    }
    minutes.sort()
    let middle = minutes.count / 2
    return minutes.count.isMultiple(of: 2)
      ? (minutes[middle - 1] + minutes[middle]) / 2 : minutes[middle]
  }

  @Test(arguments: [
    ("group: line", 196_055), ("group: basket, basket: basket_id", 209_739),
    ("group: household, household: household_id", 232_736),
  ])
  func `the points of a year's groceries come out, as the mapping rounds them`(
    group: String, points: Int64
  ) throws {
    let yaml = try ShippedMappings.yaml("complete-journey").split(separator: "\n")
      .map { $0.replacing("group: line}", with: "\(group)}") }.joined(separator: "\n")
    let sample = try SharedData.sample("completejourney/transactions_sample.csv.gz", yaml: yaml)
    #expect(sample.rejected.isEmpty)
    #expect(sample.rows == 75_000)
    #expect(sample.drafts.map(\.points).reduce(0, +) == points)
  }

  @Test func `the council's cases come out`() throws {
    let sample = try SharedData.sample(
      "nyc_council/part_a_opened_to_2019.csv.gz", mapping: "council-cases")
    #expect(sample.rejected.isEmpty)
    #expect(sample.rows == 233_331)
    #expect(sample.drafts.count == 233_331)
    #expect(Set(sample.drafts.compactMap { $0.labels["site"] }).count == 51)
    // 93 cases stand twice, and say the same both times.
    let contents = Dictionary(grouping: sample.drafts.compactMap(\.source)) { $0.externalID }
    #expect(contents.count == 233_238)
    #expect(contents.values.allSatisfy { Set($0.map(\.content)).count == 1 })
  }

  @Test func `the marketplace's reviews come out`() throws {
    let sample = try SharedData.sample(
      "olist_sample_b/olist_order_reviews_dataset.csv.gz", mapping: "olist-reviews")
    #expect(sample.rejected.isEmpty)
    #expect(sample.tallies == ["review-score": [5: 2_923, 4: 978, 1: 550, 3: 396, 2: 141]])
  }

  @Test(
    arguments: [
      ("qualtrics_export", "qualtrics", ["q1": [2: 1]]),
      ("qualtrics_legacy_export", "qualtrics-legacy", ["q1": [2: 1]]),
      ("typeform_2018_export", "typeform-2018", ["yoga": [0: 1], "cardio": [10: 1]]),
      (
        "google_forms_export", "google-forms",
        ["row-1": [9: 1, 7: 1, 8: 1], "row-2": [5: 2], "row-3": [7: 1, 5: 1]]
      ),
    ] as [(String, String, [String: [Int32: Int]])])
  func `the layouts of survey services read`(
    file: String, mapping: String, tallies: [String: [Int32: Int]]
  ) throws {
    let sample = try SharedData.sample("layouts/\(file).csv", mapping: mapping)
    #expect(sample.rejected.isEmpty)
    #expect(sample.tallies == tallies)
  }
}
