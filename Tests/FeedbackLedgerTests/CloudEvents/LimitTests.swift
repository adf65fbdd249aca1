import FeedbackLedger
import LedgerCore
import Testing

@Suite struct LimitTests {
  @Test func `a line of 1 MiB passes and one byte more does not`() throws {
    let line = LineBuilder().text
    let padding = CloudEventLimits.lineBytesMax - line.utf8.count
    let longest = line + String(repeating: " ", count: padding)
    #expect(try CloudEventLine(longest.utf8).draft != nil)
    #expect(throws: CloudEventRefusal.lineTooLong(bytes: CloudEventLimits.lineBytesMax + 1)) {
      try CloudEventLine((longest + " ").utf8)
    }
  }

  @Test(arguments: ["comment", "survey"])
  func `a string of 64 KiB passes and one byte more does not`(name: String) throws {
    let longest = String(repeating: "é", count: EventLimits.stringBytesMax / 2)
    #expect(LineBuilder(data: "{\"\(name)\":\"\(longest)\"}").refusal == nil)
    let refusal = LineBuilder(data: "{\"\(name)\":\"\(longest)x\"}").refusal
    let bytes = EventLimits.stringBytesMax + 1
    #expect(refusal == .stringTooLong(path: "data.\(name)", bytes: bytes))
  }

  @Test func `an element of a list that is too long is named`() {
    let long = String(repeating: "x", count: EventLimits.stringBytesMax + 1)
    let refusal = LineBuilder(data: "{\"conflicts\":[\"a\",\"\(long)\"]}").refusal
    #expect(refusal == .stringTooLong(path: "data.conflicts[1]", bytes: long.utf8.count))
  }

  @Test func `sixteen levels are read and seventeen are not`() {
    // The line and its data are two levels.
    #expect(refusal(levels: CloudEventLimits.levelsMax) == .body)
    #expect(refusal(levels: CloudEventLimits.levelsMax + 1) == .tooDeep)
    #expect(refusal(levels: 2_000) == .notJSON)
  }

  @Test func `many brackets in a text are no levels`() {
    let brackets = String(repeating: "[{", count: 100)
    #expect(LineBuilder(data: "{\"comment\":\"\(brackets)\"}").refusal == nil)
  }

  @Test(arguments: ["flags", "conflicts"])
  func `a list of 1,000 entries passes and one more does not`(name: String) {
    #expect(LineBuilder(data: list(name, count: CloudEventLimits.entriesMax)).refusal == nil)
    let refusal = LineBuilder(data: list(name, count: CloudEventLimits.entriesMax + 1)).refusal
    #expect(refusal == .tooManyEntries(path: "data.\(name)", count: 1_001))
  }

  @Test func `1,000 labels pass and one more does not`() {
    #expect(LineBuilder(data: labels(count: CloudEventLimits.entriesMax)).refusal == nil)
    let refusal = LineBuilder(data: labels(count: CloudEventLimits.entriesMax + 1)).refusal
    #expect(refusal == .tooManyEntries(path: "data.labels", count: 1_001))
  }

  private enum Outcome {
    case accepted, body, tooDeep, notJSON, other
  }

  private func refusal(levels: Int) -> Outcome {
    let lists = String(repeating: "[", count: levels - 2)
    let ends = String(repeating: "]", count: levels - 2)
    return switch LineBuilder(data: "{\"answers\":\(lists)\(ends)}").refusal {
    case nil: .accepted
    case .body: .body
    case .nestedTooDeep(levels): .tooDeep
    case .notJSON: .notJSON
    default: .other
    }
  }

  private func list(_ name: String, count: Int) -> String {
    let elements = Array(repeating: "\"test\"", count: count).joined(separator: ",")
    return "{\"\(name)\":[\(elements)]}"
  }

  private func labels(count: Int) -> String {
    let members = (0..<count).map { "\"k\($0)\":\"v\"" }.joined(separator: ",")
    return "{\"labels\":{\(members)}}"
  }
}
