import FeedbackLedger
import LedgerSchema
import TestSupport
import Testing

/// The mappings in `Tools/mappings`.
@Suite struct ShippedMappingTests {
  @Test func `there is a mapping for every set and layout`() {
    let years = (2010...2017).map { "sfo-\($0)" }
    let others = [
      "EXAMPLE", "chatwoot-csat", "complete-journey", "council-cases", "google-forms",
      "helpdesk-log",
      "olist-reviews", "qualtrics", "qualtrics-legacy", "surveymonkey", "typeform", "typeform-2018",
      "uci-incidents", "zendesk-tickets",
    ]
    #expect(Set(ShippedMappings.names) == Set(years + others))
  }

  @Test(arguments: ShippedMappings.names)
  func `every mapping that ships loads, and says what it maps`(name: String) throws {
    let yaml = try ShippedMappings.yaml(name)
    #expect(yaml.hasPrefix("# "))
    #expect(try !Mapping(yaml: yaml).source.isEmpty)
  }

  @Test func `the rules that the example shows for other rows load, too`() throws {
    let yaml = try ShippedMappings.yaml("EXAMPLE")
    for kind in ["ticketSnapshot", "ticketLog", "loyalty"] {
      let block = yaml.split(separator: "\n", omittingEmptySubsequences: false)
        .drop { $0 != "# rows: \(kind)" }.prefix { !$0.isEmpty }
      let rules = block.map { $0.dropFirst(2) }
      let mapping = """
        source: example
        id: Number
        occurred: {constant: 2026-03-01}

        """ + rules.joined(separator: "\n")
      #expect(throws: Never.self) { try Mapping(yaml: mapping) }
    }
  }

  @Test func `SurveyMonkey's two header rows read as one`() throws {
    let file = """
      Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,Custom Data 1,\
      "How likely are you to recommend us, all in all?",What else?
      ,,,,,,,,,Response,Open-Ended Response
      1,c7,05/27/2026 02:39:41 PM,05/27/2026 02:41:41 PM,,a@b.example,,,,10 - Extremely likely,"Good
      service"

      """
    let sample = try ImportSample(
      ByteSource(file), mapping: ShippedMappings.mapping("surveymonkey"))
    #expect(sample.tallies == ["recommend": [10: 1]])
    #expect(sample.drafts.first?.labels == ["site": "c7"])
    #expect(sample.responses.first?.durationS == 120)
  }

  @Test func `a partial response of Typeform has the time of its last stage`() throws {
    let file = """
      #,How likely are you to recommend us?,Response Type,Start Date (UTC),Stage Date (UTC),\
      Submit Date (UTC),Network ID,Tags,Ending
      a1,9,completed,2026-05-01 10:00:00,,2026-05-01 10:01:00,n,,
      a2,3,partial,2026-05-01 11:00:00,2026-05-01 11:00:30,,n,,

      """
    let sample = try ImportSample(ByteSource(file), mapping: ShippedMappings.mapping("typeform"))
    #expect(sample.responses.map(\.completeness) == [.complete, .partial])
    #expect(sample.responses.map(\.durationS) == [60, 30])
  }

  @Test func `Zendesk's year 1900 means unsolved`() throws {
    let file = """
      Id,Requester id,Group,Status,Priority,Via,Created at,Updated at,Solved at,Reopens,\
      First reply time in minutes,First resolution time in minutes
      1,7,-,Open,-,Mail,2026-05-01 10:00:00,2026-05-02 10:00:00,1900-01-01 00:00:00,0,5,
      2,7,Support,Solved,High,Mail,2026-05-01 10:00:00,2026-05-03 10:00:00,2026-05-03 09:00:00,1,5,60

      """
    let sample = try ImportSample(
      ByteSource(file), mapping: ShippedMappings.mapping("zendesk-tickets"))
    let bodies = sample.drafts.compactMap { draft -> Scorebook_V1_TicketSnapshotImported? in
      if case .ticketSnapshotImported(let body) = draft.body { body } else { nil }
    }
    #expect(bodies.map(\.hasLastResolvedUs) == [false, true])
    #expect(bodies.map(\.reopens) == [0, 1])
    #expect(bodies[1].lastResolvedUs - bodies[1].firstResolvedUs == 46 * 3_600_000_000)
  }

  @Test func `Chatwoot's footer is passed over`() throws {
    let file = """
      Agent Name,Rating,Feedback Comment,Contact Name,Contact Email Address,Contact Phone Number,\
      Link to the conversation,Recorded date
      A (a@b.example),4,fine,B,b@c.example,,https://x.example/1,2026-05-01 10:00:00 UTC
      Reporting period 2026-05-01 to 2026-05-31

      """
    let sample = try ImportSample(
      ByteSource(file), mapping: ShippedMappings.mapping("chatwoot-csat"))
    #expect(sample.tallies == ["rating": [4: 1]])
    #expect(sample.skipped.map(\.reason) == [.skipRule(1)])
    #expect(sample.rejected.isEmpty)
  }
}
