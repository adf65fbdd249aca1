import FeedbackLedger
import LedgerCore
import Testing

@Suite struct TimeTests {
  @Test(arguments: [
    ("2026-04-03T09:00:00+07:00", 1_775_181_600_000_000),
    ("2026-04-03T02:00:00Z", 1_775_181_600_000_000),
    ("2026-04-03t02:00:00.000001z", 1_775_181_600_000_001),
    ("2026-04-03T16:00:00.5+14:00", 1_775_181_600_500_000),
    ("2026-04-02T21:30:00-04:30", 1_775_181_600_000_000),
    ("1969-12-31T23:59:59.999999Z", -1),
    ("2024-02-29T00:00:00.1234569Z", 1_709_164_800_123_456),
  ])
  func `a time with an offset is an instant`(text: String, microseconds: Int64) throws {
    let draft = try LineBuilder(["time": "\"\(text)\""]).draft().draft
    #expect(draft.occurrence == .exact(Instant(microseconds: microseconds)))
  }

  @Test(arguments: [
    "2026-04-03", "2026-04-03T09:00:00", "2026-04-03 09:00:00Z", "2026-02-30T09:00:00Z",
    "2026-04-03T24:00:00Z", "2026-04-03T09:00:00+0700", "2026-04-03T09:00:00+24:00",
    "2026-04-03T09:00:60Z", "03.04.2026", "", "Z", "2026-04-03T09:00:00+07:00Z",
  ])
  func `anything else is refused`(text: String) {
    let expected = CloudEventRefusal.unexpectedValue(
      path: "time", got: text,
      expected: "RFC 3339 with an offset, such as 2026-04-03T09:00:00+07:00")
    #expect(LineBuilder(["time": "\"\(text)\""]).refusal == expected)
  }

  @Test(arguments: ["1899-12-31T23:59:59Z", "2262-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
  func `a year that no event can have is refused`(text: String) {
    let refusal = LineBuilder(["time": "\"\(text)\""]).refusal
    #expect(refusal == .timeOutOfRange(path: "time", got: text))
  }

  @Test func `a day is the one that was written, whatever its offset`() throws {
    let line = LineBuilder(["time": #""2026-04-03T00:00:00+07:00""#, "timequality": #""day""#])
    let expected = Occurrence.day(CivilDay(utcMidnight: 1_775_174_400_000_000))
    #expect(try line.draft().draft.occurrence == expected)
  }

  @Test func `an unknown time is unknown whatever stands in its place`() throws {
    let quality = ["timequality": #""unknown""#]
    #expect(try LineBuilder(quality).draft().draft.occurrence == .unknown)
    let withTime = LineBuilder(quality.merging(["time": #""2026-04-03T00:00:00Z""#]) { $1 })
    #expect(try withTime.draft().draft.occurrence == .unknown)
  }

  @Test func `without a time the act is when it was recorded`() throws {
    #expect(try LineBuilder().draft().draft.occurrence == nil)
    let line = LineBuilder(["recordedtime": #""2026-04-03T02:00:00Z""#])
    let instant = Instant(microseconds: 1_775_181_600_000_000)
    #expect(try line.draft().draft.occurrence == .exact(instant))
    #expect(try line.draft().draft.source?.recorded == instant)
  }

  @Test(arguments: ["exact", "day"])
  func `a quality needs its time`(quality: String) {
    let refusal = LineBuilder(["timequality": "\"\(quality)\""]).refusal
    #expect(refusal == .timeMissing(quality: quality))
    #expect(refusal?.description.contains("State the time") == true)
  }

  @Test func `another quality is refused`() {
    let refusal = LineBuilder(["timequality": #""month""#]).refusal
    #expect(refusal?.description.contains("\"month\"") == true)
  }
}
