import FeedbackLedger
import LedgerCore
import LedgerSchema
import Testing

@Suite struct SurveyRowsTests {
  private static let yaml = """
    source: shop
    rows: survey
    id: id
    occurred: {column: time, format: iso8601, zone: UTC}
    customer: {column: mail, namespace: email, none: ["-"]}
    site: branch
    labels:
      channel: {column: channel, values: {"1": web, "2": phone}, none: ["0"]}
    text:
      - {column: comment, as: comment}
      - {column: why, as: answer, question: why}
    flags:
      - {flag: test, column: status, equals: ["1"]}
    survey:
      id: shop
      version: 2
      completeness: {column: done, complete: ["1"], partial: ["0"]}
      questions:
        - {id: recommend, column: nps, metric: nps, scale: [0, 10], noAnswer: [11, "?"], form: leadingInteger}
        - {id: effort, column: ces, metric: ces, scale: [1, 7], polarity: lowerIsBetter, weight: 0.25}
    """
  private static let header = "id,time,mail,branch,channel,comment,why,status,done,nps,ces\n"

  private func sample(_ rows: String) throws -> ImportSample {
    try ImportSample(Self.header + rows, yaml: Self.yaml)
  }

  @Test func `a row becomes one response with all it says`() throws {
    let row = "r1,2026-03-01T10:00,a@b.example,hcm,2,\"slow, but kind\",price,0,1,9 - likely,3\n"
    let draft = try #require(try sample(row).drafts.first)
    #expect(draft.item == .external(kind: "response", source: "shop", id: "r1"))
    #expect(draft.customer == .identifier(namespace: "email", value: "a@b.example"))
    #expect(draft.labels == ["site": "hcm", "channel": "phone"])
    #expect(draft.texts.map(\.text) == ["slow, but kind", "price"])
    #expect(draft.flags.isEmpty)
    #expect(draft.source?.externalID == "r1")
    let response = try #require(try sample(row).responses.first)
    #expect(response.survey == "shop")
    #expect(response.surveyVersion == 2)
    #expect(response.completeness == .complete)
    #expect(response.answers.map(\.question) == ["recommend", "effort", "why"])
    #expect(response.answers[0].value == 9)
    #expect(response.answers[1].polarity == .lowerIsBetter)
    #expect(response.answers[1].weightMilli == 250)
    #expect(response.answers[2].text)
  }

  @Test func `what is blank, listed as no answer or anonymous is left out`() throws {
    let sample = try sample("r1,2026-03-01,-,,0,,,1,0,11,\n")
    let draft = try #require(sample.drafts.first)
    #expect(draft.customer == nil)
    #expect(draft.labels.isEmpty)
    #expect(draft.texts.isEmpty)
    #expect(draft.flags == ["test"])
    let response = try #require(sample.responses.first)
    #expect(response.completeness == .partial)
    #expect(response.answers.map(\.skipped) == [true, true])
  }

  @Test(arguments: [
    (
      "r1,2026-03-01,-,hcm,1,,,0,1,12,\n",
      Reason.answer(.outOfScale(12, scale: 0...10), question: "recommend")
    ),
    ("r1,2026-03-01,-,hcm,1,,,0,1,,4.5\n", .answer(.notInteger, question: "effort")),
    ("r1,2026-03-01,-,hcm,1,,,0,1,4.5 stars,\n", .answer(.notInteger, question: "recommend")),
    ("r1,2026-03-01,-,hcm,1,,,0,1,likely,\n", .answer(.notInteger, question: "recommend")),
    ("r1,2026-03-01,-,hcm,3,,,0,1,9,\n", .cell(.codeUnknown, column: "channel")),
    ("r1,2026-03-01,-,hcm,1,,,0,2,9,\n", .cell(.codeUnknown, column: "done")),
    ("r1,2026-03-01,-,hcm,1,,,0,,9,\n", .cell(.missing, column: "done")),
    ("r1,,-,hcm,1,,,0,1,9,\n", .time(.missing, column: "time")),
    (",2026-03-01,-,hcm,1,,,0,1,9,\n", .cell(.missing, column: "id")),
    ("\"r\n1\",2026-03-01,-,hcm,1,,,0,1,9,\n", .cell(.controlCharacter, column: "id")),
    ("r1,2026-03-01,-,h\0cm,1,,,0,1,9,\n", .cell(.controlCharacter, column: "branch")),
    ("r1,2026-03-01,-,hcm,1,,,0,1,9\n", .columnCount(10, expected: 11)),
    ("r1,2026-03-01,-,hcm,1,,,0,1,9,,x\n", .columnCount(12, expected: 11)),
  ])
  func `a row with one bad cell is rejected whole, and the next one counts`(
    row: String, reason: Reason
  ) throws {
    let sample = try sample(row + "r2,2026-03-01,-,hcm,1,,,0,1,9,\n")
    #expect(sample.rejected.map(\.reason) == [reason])
    #expect(sample.rejected.map(\.row) == [2])
    #expect(sample.drafts.map(\.itemID) == ["r2"])
    #expect(!reason.description.isEmpty)
  }

  @Test func `spare empty cells and blank rows are no harm`() throws {
    let sample = try sample("r1,2026-03-01,-,hcm,1,,,0,1,9,,,\n\n,,,,,,,,,,\n")
    #expect(sample.drafts.count == 1)
    #expect(sample.skipped.map(\.row) == [3, 4])
    #expect(sample.skipped.map(\.reason) == [.blank, .blank])
  }

  @Test func `labels and ids have limits`() throws {
    let label = String(repeating: "b", count: ImportLimits.labelBytesMax)
    let id = String(repeating: "i", count: ImportLimits.idBytesMax)
    let sample = try sample(
      """
      \(id),2026-03-01,-,\(label),1,,,0,1,9,
      r2,2026-03-01,-,\(label)b,1,,,0,1,9,
      \(id)i,2026-03-01,-,hcm,1,,,0,1,9,

      """)
    #expect(sample.drafts.count == 1)
    #expect(
      sample.rejected.map(\.reason) == [
        .labelTooLong(key: "site", bytes: ImportLimits.labelBytesMax + 1),
        .idTooLong(bytes: ImportLimits.idBytesMax + 1),
      ])
  }

  @Test func `the content of a row is what the mapping reads of it, in any order of columns`()
    throws
  {
    let mapping = """
      source: s
      rows: survey
      id: id
      occurred: {column: time, format: iso8601, zone: UTC}
      survey: {id: s, questions: [{id: q, column: q, metric: csat, scale: [1, 5]}]}
      """
    let contents = try [
      "id,time,q\n1,2026-03-01,5\n", "q,id,time,new\n5,1,2026-03-01,x\n",
      "id,time,q\n1,2026-03-01,4\n",
    ].map { try ImportSample($0, yaml: mapping).drafts.first?.source?.content }
    #expect(contents[0] == contents[1])
    #expect(contents[0] != contents[2])
  }

  @Test func `a row without an id goes by what it says`() throws {
    let sample = try ImportSample(
      "time,q\n2026-03-01T10:00,5\n2026-03-01T10:00,5\n2026-03-01T10:00,4\n",
      yaml: """
        source: s
        rows: survey
        id: {content: true}
        occurred: {column: time, format: iso8601, zone: UTC}
        survey: {id: s, questions: [{id: q, column: q, metric: csat, scale: [1, 5]}]}
        """)
    let ids = sample.drafts.map(\.itemID)
    #expect(ids[0] == ids[1])
    #expect(ids[0] != ids[2])
    #expect(ids.allSatisfy { $0.count == 32 })
  }

  @Test func `joined ids stay apart`() throws {
    let sample = try ImportSample(
      "a,b,q\nx|y,z,5\nx,y|z,5\n",
      yaml: """
        source: s
        rows: survey
        id: [a, b]
        occurred: {constant: 2026-03-01}
        survey: {id: s, questions: [{id: q, column: q, metric: csat, scale: [1, 5]}]}
        """)
    #expect(Set(sample.drafts.map(\.itemID)).count == 2)
  }

  @Test func `a pattern asks one question of each column it matches`() throws {
    let yaml = """
      source: s
      rows: survey
      id: id
      occurred: {constant: 2026-03-01}
      survey: {id: s, questions: [{id: part-$1, match: "A([0-9])", metric: csi, scale: [1, 5]}]}
      """
    let sample = try ImportSample("id,A1,A2,AA\n1,5,4,3\n", yaml: yaml)
    #expect(sample.tallies == ["part-1": [5: 1], "part-2": [4: 1]])
    #expect(
      throws: ImportRefusal.header(.nothingMatches(pattern: "A([0-9])"), at: "survey.questions[0]")
    ) {
      try ImportSample("id,B1\n", yaml: yaml)
    }
    #expect(throws: ImportRefusal.header(.questionRepeated("part-1"), at: "survey.questions[0]")) {
      try ImportSample("id,A1,A1\n", yaml: yaml)
    }
  }

  @Test func `the site can be taken from a column that the mapping does not name`() throws {
    var mapping = try Mapping(yaml: Self.yaml)
    mapping.takeSite(fromColumn: "status")
    let row = "r1,2026-03-01,-,hcm,1,,,7,1,9,\n"
    let sample = try ImportSample(ByteSource(Self.header + row), mapping: mapping)
    #expect(sample.drafts.first?.labels["site"] == "7")
    mapping.takeSite(fromColumn: "nowhere")
    #expect(throws: ImportRefusal.self) {
      try ImportRows(ByteSource(Self.header + row), mapping: mapping)
    }
  }

  @Test func `two header rows name a column together, the first carried right`() throws {
    let sample = try ImportSample(
      "\u{FEFF}Id;\"How likely\nare you?\";;How was it?\n;Score;Comment;\n1;10 - very;fine;4\n",
      yaml: """
        source: s
        rows: survey
        header: {rows: 2, names: [1, 2]}
        id: Id
        occurred: {constant: 2026-03-01}
        text: [{column: How likely are you? / Comment}]
        survey:
          id: s
          questions:
            - {id: a, column: How likely are you? / Score, metric: nps, scale: [0, 10], form: leadingInteger}
            - {id: b, column: How was it?, metric: csat, scale: [1, 5]}
        """)
    #expect(sample.tallies == ["a": [10: 1], "b": [4: 1]])
    #expect(sample.drafts.first?.texts.first?.text == "fine")
  }
}
