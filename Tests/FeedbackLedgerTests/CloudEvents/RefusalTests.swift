import FeedbackLedger
import LedgerCore
import LedgerSchema
import Testing

@Suite struct RefusalTests {
  /// One line that is wrong in one way.
  struct Case: Sendable, CustomTestStringConvertible {
    var attributes: [String: String] = [:]
    var data: String?
    let expected: CloudEventRefusal
    /// A part of the sentence.
    let says: String

    var testDescription: String { says }
  }

  static let cases: [Case] = [
    Case(["specversion": ""], .missing(path: "specversion"), says: "CloudEvents 1.0 requires it"),
    Case(
      ["specversion": #""0.3""#],
      .unexpectedValue(path: "specversion", got: "0.3", expected: "\"1.0\""), says: "has \"0.3\""),
    Case(["id": ""], .missing(path: "id"), says: "`id` is missing"),
    Case(["id": #""""#], .missing(path: "id"), says: "`id` is missing or empty"),
    Case(["id": "null"], .missing(path: "id"), says: "`id` is missing or empty;"),
    Case(
      ["id": "17"], .wrongType(path: "id", got: "a number", expected: "a string"),
      says: "`id` is a number; expected a string."),
    Case(
      ["id": "true"], .wrongType(path: "id", got: "a boolean", expected: "a string"),
      says: "`id` is a boolean"),
    Case(["source": ""], .missing(path: "source"), says: "`source` is missing"),
    Case(["type": ""], .missing(path: "type"), says: "`type` is missing"),
    Case(
      ["type": #""org.scorebook.survey.response.sent.v1""#],
      .unknownType("org.scorebook.survey.response.sent.v1"), says: "or a short name, such as"),
    Case(
      ["recordedTime": #""x""#], .attributeName("recordedTime"), says: "Move it into `data`"),
    Case(["data_base64": #""eA==""#], .attributeName("data_base64"), says: "lower-case letters"),
    Case(
      ["datacontenttype": #""text/xml""#],
      .unexpectedValue(
        path: "datacontenttype", got: "text/xml", expected: "\"application/json\""),
      says: "expected \"application/json\""),
    Case(
      ["counted": #""no""#],
      .wrongType(path: "counted", got: "a string", expected: "true or false"),
      says: "`counted` is a string"),
    Case(
      ["counted": "1"], .wrongType(path: "counted", got: "a number", expected: "true or false"),
      says: "`counted` is a number"),
    Case(
      ["subject": ""], type: .surveyResponseCorrected, .subjectMissing(.surveyResponseCorrected),
      says: "Name it: `response/<id>`"),
    Case(
      ["subject": #""ticket/7""#],
      .subjectOfOtherKind(got: "ticket", expected: "response", kind: .surveyResponseSubmitted),
      says: "names a ticket"),
    Case(
      ["subject": #""r-17""#],
      .unexpectedValue(path: "subject", got: "r-17", expected: "`response/<id>`"),
      says: "expected `response/<id>`"),
    Case(
      ["subject": #""response/item:12""#],
      .unexpectedValue(
        path: "subject", got: "response/item:12",
        expected: "32 hexadecimal digits after `response/item:`"),
      says: "32 hexadecimal digits"),
    Case(
      ["site": #""hcm""#], data: #"{"labels":{"site":"hn"}}"#,
      .sitesDiffer(label: "hn", attribute: "hcm"), says: "Keep one of them"),
  ]

  static let dataCases: [Case] = [
    Case(
      data: "[]", .wrongType(path: "data", got: "a list", expected: "an object"),
      says: "`data` is a list"),
    Case(
      data: #"{"surveys":"visit"}"#,
      .unknownMember(path: "data.surveys", in: .surveyResponseSubmitted),
      says: "`data.surveys` is not a field of survey-response-submitted"),
    Case(
      data: #"{"answers":[{"question":"nps","score":9}]}"#,
      .unknownMember(path: "data. … .score", in: .surveyResponseSubmitted),
      says: "Correct its name"),
    Case(
      data: #"{"survey":"visit","surveyVersion":4294967296}"#,
      .body(
        path: "data.surveyVersion", reason: "a number is out of range or not whole",
        kind: .surveyResponseSubmitted), says: "out of range"),
    Case(
      data: #"{"durationS":1.5}"#,
      .body(
        path: "data.durationS", reason: "a whole number was expected",
        kind: .surveyResponseSubmitted), says: "`data.durationS` does not fit"),
    Case(
      data: #"{"durationS":9007199254740993.0e0}"#, .inexactNumber(path: "data.durationS"),
      says: "whole number"),
    Case(
      data: #"{"completeness":"HALF"}"#,
      .body(
        path: "data.completeness", reason: "a value is not in its closed list",
        kind: .surveyResponseSubmitted), says: "closed list"),
    Case(
      data: #"{"customer":"a@example.org"}"#,
      .wrongType(
        path: "data.customer", got: "a string of another form",
        expected: "a pseudonym of 32 hexadecimal digits, or {\"namespace\", \"value\"}"),
      says: "a string of another form"),
    Case(
      data: #"{"customer":{"namespace":"email"}}"#, .missing(path: "data.customer.value"),
      says: "`data.customer.value`"),
    Case(
      data: #"{"customer":{"namespace":"email","value":"a","name":"b"}}"#,
      .unexpectedValue(
        path: "data.customer", got: "name", expected: "only the members namespace, value"),
      says: "only the members"),
    Case(
      data: #"{"labels":{"site":7}}"#,
      .wrongType(path: "data.labels.site", got: "a number", expected: "a string"),
      says: "`data.labels.site` is a number"),
    Case(
      data: #"{"flags":["test","vip"]}"#,
      .unexpectedValue(
        path: "data.flags[1]", got: "vip", expected: "one of duplicate, excluded, spam, staff, test"
      ),
      says: "`data.flags[1]` has \"vip\""),
    Case(
      data: #"{"texts":[{"field":"note","text":"x"}]}"#,
      .unexpectedValue(
        path: "data.texts[0].field", got: "note",
        expected: "one of answer, comment, display-name, identifier, quote, reason, source-row, "
          + "subject-line"), says: "display-name"),
    Case(
      data: #"{"texts":[{"field":"comment"}]}"#, .missing(path: "data.texts[0].text"),
      says: "`data.texts[0].text`"),
    Case(
      data: #"{"conflicts":"x"}"#,
      .wrongType(path: "data.conflicts", got: "a string", expected: "a list"),
      says: "expected a list"),
    Case(
      data: #"{"causes":["hcm-31"]}"#,
      .unexpectedValue(
        path: "data.causes[0]", got: "hcm-31",
        expected: "<log of 32 hexadecimal digits>-<seq>"), says: "<seq>"),
    Case(
      data: #"{"origin":{"key":"abc"}}"#,
      .unexpectedValue(
        path: "data.origin.key", got: "abc", expected: "hexadecimal digits, two a byte"),
      says: "two a byte"),
    Case(
      data: #"{"actor":{"type":"robot"}}"#,
      .unexpectedValue(
        path: "data.actor.type", got: "robot", expected: "one of agent, customer, import, system"),
      says: "robot"),
  ]

  @Test(arguments: cases + dataCases)
  func `a line that is wrong in one way is refused for it`(wrong: Case) throws {
    let refusal = try #require(LineBuilder(wrong.attributes, data: wrong.data).refusal)
    #expect(refusal == wrong.expected)
    #expect(refusal.description.contains(wrong.says))
  }

  @Test(arguments: ["", "{", "[]", "\"x\"", "{}{}", "{\"id\":1e400}", "nul", "{\"a\":1,}}"])
  func `what is not a JSON object is refused as that`(text: String) {
    #expect {
      try CloudEventLine(text.utf8)
    } throws: { error in
      guard case .notJSON? = error as? CloudEventRefusal else { return false }
      return true
    }
  }

  @Test func `bytes that are not UTF-8 are refused`() {
    #expect(throws: CloudEventRefusal.self) {
      try CloudEventLine([0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D])
    }
  }

  @Test func `a refusal repeats no more than 80 characters and nothing of a customer`() throws {
    let long = String(repeating: "y", count: 500)
    let echoed = try #require(LineBuilder(["type": "\"\(long)\""]).refusal)
    #expect(echoed == .unknownType(String(repeating: "y", count: 80)))
    let secret = try #require(LineBuilder(data: #"{"customer":"jane@example.org"}"#).refusal)
    #expect(!secret.description.contains("jane"))
  }
}

extension RefusalTests.Case {
  init(
    _ attributes: [String: String] = [:], type: EventKind? = nil, data: String? = nil,
    _ expected: CloudEventRefusal, says: String
  ) {
    self.init(attributes: attributes, data: data, expected: expected, says: says)
    if let type { self.attributes["type"] = "\"\(type.rawValue)\"" }
  }
}
