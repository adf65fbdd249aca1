import FeedbackLedger
import LedgerCore
import LedgerSchema
import Testing

@Suite struct EventKindTests {
  @Test(arguments: [
    (EventKind.surveyResponseSubmitted, "org.scorebook.survey.response.submitted.v1"),
    (.ticketOpened, "org.scorebook.ticket.opened.v1"),
    (.followUpCaseOpened, "org.scorebook.followup.case.opened.v1"),
    (.customerContacted, "org.scorebook.followup.customer.contacted.v1"),
    (.pointsEarned, "org.scorebook.loyalty.points.earned.v1"),
    (.observed, "org.scorebook.ledger.observed.v1"),
  ])
  func `a type says the area and the kind`(kind: EventKind, type: String) {
    #expect(kind.cloudEventType == type)
  }

  @Test(arguments: EventKind.allCases)
  func `a kind is found by its type and by its short name`(kind: EventKind) {
    #expect(EventKind(name: kind.cloudEventType) == kind)
    #expect(EventKind(name: kind.rawValue) == kind)
  }

  @Test(arguments: EventKind.allCases)
  func `a type is lower-case letters and dots`(kind: EventKind) {
    #expect(kind.cloudEventType.dropLast(1).allSatisfy { $0.isLowercase || $0 == "." })
  }

  @Test(arguments: [
    "", "survey_response_submitted", "Survey-Response-Submitted", "feedback.answered",
  ])
  func `another spelling is no kind`(name: String) {
    #expect(EventKind(name: name) == nil)
  }

  @Test(arguments: EventKind.allCases)
  func `the name of a kind leads to its body and back`(kind: EventKind) throws {
    let body = try CloudEventBody.body(of: kind, json: Array("{}".utf8))
    #expect(EventKind(body) == kind)
  }

  @Test(arguments: EventKind.allCases)
  func `every field of every body is read and written as the schema names it`(
    kind: EventKind
  ) throws {
    let sample = try #require(BodySamples.json[kind])
    let body = try CloudEventBody.body(of: kind, json: Array(sample.utf8))
    #expect(String(decoding: try CloudEventBody.json(body), as: UTF8.self) == sample)
  }

  @Test(
    arguments: EventKind.allCases,
    ["labels", "customer", "flags", "texts", "comment", "actor", "origin", "causes", "conflicts"])
  func `no body has a field with the name of a common one`(kind: EventKind, name: String) {
    #expect(throws: (any Error).self) {
      try CloudEventBody.body(of: kind, json: Array("{\"\(name)\":null}".utf8))
    }
  }

  @Test func `scores depend on no internal kind`() {
    let internals = EventKind.allCases.filter(\.isLedgerInternal)
    #expect(internals.allSatisfy { $0.area == .ledger })
    #expect(internals.count == 20)
    #expect(!EventKind.calendarRevised.isLedgerInternal)
    #expect(!EventKind.customerErased.isLedgerInternal)
  }
}
