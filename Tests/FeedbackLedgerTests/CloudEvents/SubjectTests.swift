import FeedbackLedger
import LedgerCore
import Testing

@Suite struct SubjectTests {
  private let digits = "0000000000000001000000000000000a"

  @Test func `an id of the source names an item of the source`() throws {
    let draft = try line("ticket/T/7", type: .ticketOpened).draft().draft
    #expect(draft.item == .external(kind: "ticket", source: "https://forms.example/1", id: "T/7"))
    #expect(draft.customer == nil)
  }

  @Test func `an item's own name is known`() throws {
    let draft = try line("ticket/item:\(digits)", type: .ticketClosed).draft().draft
    #expect(draft.item == .known(ItemID(high: 1, low: 10)))
  }

  @Test func `without a subject an item opens`() throws {
    #expect(try LineBuilder(["subject": ""]).draft().draft.item == .opened)
  }

  @Test func `a pseudonym as the subject is the customer`() throws {
    let draft = try line("customer/\(digits)", type: .consentGranted).draft().draft
    #expect(draft.customer == .pseudonym(CustomerID(high: 1, low: 10)))
    #expect(draft.item == .opened)
  }

  @Test func `the source's own number for a person is the customer too`() throws {
    let draft = try line("customer/77", type: .consentGranted).draft().draft
    let source = "https://forms.example/1"
    #expect(draft.customer == .identifier(namespace: source, value: "77"))
    #expect(draft.item == .external(kind: "customer", source: source, id: "77"))
  }

  @Test func `a customer in the data comes before the subject`() throws {
    var line = line("customer/77", type: .consentGranted)
    line.data = #"{"customer":{"namespace":"email","value":"a@example.org"}}"#
    let expected = EventDraft.Customer.identifier(namespace: "email", value: "a@example.org")
    #expect(try line.draft().draft.customer == expected)
  }

  @Test(arguments: ["account/1", "lot/1", "card/1"])
  func `a loyalty event may be about any of its items`(subject: String) throws {
    #expect(line(subject, type: .pointsRedeemed).refusal == nil)
  }

  @Test(arguments: ["site", "label"])
  func `the site is stated by an attribute or by a label`(place: String) throws {
    var line = LineBuilder(["source": #""urn:scorebook:site:hcm""#])
    #expect(try line.draft().draft.labels == ["site": "hcm"])
    if place == "site" {
      line.attributes["site"] = #""hn""#
    } else {
      line.data = #"{"labels":{"site":"hn"}}"#
    }
    #expect(try line.draft().draft.labels == ["site": "hn"])
  }

  private func line(_ subject: String, type: EventKind) -> LineBuilder {
    LineBuilder(["subject": "\"\(subject)\"", "type": "\"\(type.rawValue)\""])
  }
}
