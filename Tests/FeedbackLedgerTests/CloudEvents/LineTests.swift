import FeedbackLedger
import LedgerCore
import LedgerSchema
import Testing

@Suite struct LineTests {
  @Test func `the example of a correction is read`() throws {
    let line = #"""
      {"specversion":"1.0","id":"0123456789abcdef000000000000fedc-42",
      "source":"urn:scorebook:site:hcm","type":"org.scorebook.survey.response.corrected.v1",
      "subject":"response/r-17","time":"2026-04-03T09:00:00+07:00",
      "recordedtime":"2026-04-03T02:00:05Z","sequence":"42",
      "causationid":"0123456789abcdef000000000000fedc-31","dataclassification":"confidential",
      "dataregulation":"GDPR","traceparent":"00-ab-cd-01",
      "data":{"answers":[{"question":"nps","value":1,"metric":"ANSWER_METRIC_NPS","scaleMax":10}],
      "replaced_values":[10],"reason":"REASON_SCALE_INVERTED","actor":{"type":"agent","id":"a-3"}}}
      """#
    let read = try #require(CloudEventLine(line.utf8).draft)
    let draft = read.draft
    #expect(read.kind == .surveyResponseCorrected)
    #expect(
      draft.item == .external(kind: "response", source: "urn:scorebook:site:hcm", id: "r-17"))
    #expect(draft.occurrence == .exact(Instant(microseconds: 1_775_181_600_000_000)))
    #expect(draft.source?.recorded == Instant(microseconds: 1_775_181_605_000_000))
    #expect(draft.labels == ["site": "hcm"])
    #expect(draft.actor?.type == .agent)
    guard case .surveyResponseCorrected(let corrected) = draft.body else {
      Issue.record("another body")
      return
    }
    #expect(corrected.answers.map(\.value) == [1])
    #expect(corrected.replacedValues == [10])
    #expect(corrected.reason == .scaleInverted)
  }

  @Test func `an event is written in a fixed order`() throws {
    let json = #"{"survey":"visit","answers":[{"question":"nps","value":10}]}"#
    let event = ExportedEvent(
      try EventSamples.event(.surveyResponseSubmitted, json: json), at: EventSamples.address,
      site: "hcm", texts: [EventDraft.Text(field: .comment, text: "Gut")], conflicts: ["c-1"])
    let expected = #"""
      {"specversion":"1.0","id":"0123456789abcdef000000000000fedc-42",
      "source":"urn:scorebook:site:hcm","type":"org.scorebook.survey.response.submitted.v1",
      "subject":"response/item:00000000000000010000000000000002",
      "time":"2026-04-03T02:00:00Z","recordedtime":"2026-04-03T02:00:05.000001Z","sequence":"42",
      "causationid":"00000000000000050000000000000006-7",
      "partitionkey":"00000000000000030000000000000004","datacontenttype":"application/json",
      "dataclassification":"confidential","dataregulation":"GDPR",
      "data":{"survey":"visit","answers":[{"question":"nps","value":10}],
      "labels":{"channel":"web","site":"hn","team":"β \"1\"\n"},
      "customer":"00000000000000030000000000000004","flags":["test","staff"],
      "texts":[{"field":"comment","text":"Gut"}],"actor":{"type":"agent","id":"a-3"},
      "causes":["00000000000000050000000000000006-7"],
      "origin":{"source":"qualtrics","key":"a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1","revision":"2",
      "batch":"b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2","recordedtime":"2026-04-03T02:00:05Z",
      "content":"c3c3c3c3c3c3c3c3"},"conflicts":["c-1"]}}
      """#
    #expect(try event.cloudEventLine() == expected.split(separator: "\n").joined())
  }

  @Test func `numbers stay exact`() throws {
    let data = #"{"points":9223372036854775807,"lockedUntilUs":"-9007199254740993"}"#
    let line = LineBuilder(["type": #""points-earned""#, "subject": #""lot/1""#], data: data)
    guard case .pointsEarned(let earned) = try line.draft().draft.body else {
      Issue.record("another body")
      return
    }
    #expect(earned.points == .max)
    #expect(earned.lockedUntilUs == -9_007_199_254_740_993)
  }

  @Test func `the content is the same however the line is written`() throws {
    let one = LineBuilder(data: #"{"survey":"v","surveyVersion":1,"labels":{"a":"b","c":"d"}}"#)
    let other = LineBuilder(
      ["knativearrivaltime": #""2026""#, "recordedtime": #""2026-04-03T02:00:05Z""#],
      data: #"{"labels":{"c":"d","a":"b"},"survey_version":1.0,"survey":"v","conflicts":["x"]}"#)
    let time = ["time": #""2026-04-03T02:00:00Z""#]
    let contents = try [one, other].map { line in
      var line = line
      line.attributes.merge(time) { $1 }
      return try #require(line.draft().draft.source).content
    }
    #expect(contents[0] == contents[1])
  }

  @Test(arguments: [
    #"{"survey":"w"}"#, #"{"survey":"v","labels":{"a":"b"}}"#, #"{"survey":"v","flags":["test"]}"#,
    #"{"survey":"v","comment":"c"}"#, #"{"survey":"v","actor":{"id":"a"}}"#,
    #"{"survey":"v","customer":{"namespace":"email","value":"a"}}"#,
  ])
  func `another statement is another content`(data: String) throws {
    let content = try LineBuilder(data: #"{"survey":"v"}"#).draft().draft.source?.content
    #expect(try LineBuilder(data: data).draft().draft.source?.content != content)
  }

  @Test func `a comment may stand alone`() throws {
    let draft = try LineBuilder(data: #"{"comment":"Gut"}"#).draft().draft
    #expect(draft.texts.map(\.text) == ["Gut"])
    #expect(draft.texts.map(\.field) == [.comment])
  }

  @Test func `no data and null data are an empty body`() throws {
    let expected = Scorebook_V1_Event.OneOf_Body.surveyResponseSubmitted(.init())
    #expect(try LineBuilder().draft().draft.body == expected)
    #expect(try LineBuilder(data: "null").draft().draft.body == expected)
    #expect(try LineBuilder(data: "{}").draft().draft.body == expected)
  }
}
