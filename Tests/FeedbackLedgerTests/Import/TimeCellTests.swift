import FeedbackLedger
import LedgerCore
import Testing

@Suite struct TimeCellTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let format: String
    let text: String
    /// Microseconds since 1970; nil: not a time of this form.
    let microseconds: Int64?
    var zone = "UTC"
    var testDescription: String { "\(text) as \(format) in \(zone)" }
  }

  static let cases = [
    Case(format: "iso8601", text: "2026-03-01", microseconds: 1_772_323_200_000_000),
    Case(format: "iso8601", text: "2026-03-01T09:30", microseconds: 1_772_357_400_000_000),
    Case(format: "iso8601", text: "2026-03-01 09:30:15.25Z", microseconds: 1_772_357_415_250_000),
    Case(
      format: "iso8601", text: "2026-03-01T09:30:15,123456789+02:00",
      microseconds: 1_772_350_215_123_456),
    Case(
      format: "iso8601", text: "2010-01-13T08:40:25.000+02:00", microseconds: 1_263_364_825_000_000),
    Case(format: "iso8601", text: "2026-03-01T09:30:00-0730", microseconds: 1_772_384_400_000_000),
    Case(format: "iso8601", text: "2026-02-29", microseconds: nil),
    Case(format: "iso8601", text: "2026-3-1", microseconds: nil),
    Case(format: "iso8601", text: "2026-03-01T09", microseconds: nil),
    Case(format: "iso8601", text: "2026-03-01T24:00", microseconds: nil),
    Case(format: "iso8601", text: "2026-03-01T09:30:60", microseconds: nil),
    Case(format: "iso8601", text: "2026-03-01T09:30:00.", microseconds: nil),
    Case(format: "iso8601", text: "2026-03-01 noon", microseconds: nil),
    Case(format: "unixSeconds", text: "1641289816", microseconds: 1_641_289_816_000_000),
    Case(format: "unixSeconds", text: "-1", microseconds: -1_000_000),
    Case(format: "unixSeconds", text: "99999999999999", microseconds: nil),
    Case(format: "unixMilliseconds", text: "1641289816001", microseconds: 1_641_289_816_001_000),
    Case(format: "unixMilliseconds", text: "1.5", microseconds: nil),
    Case(format: "d/M/yyyy HH:mm", text: "29/2/2016 01:16", microseconds: 1_456_708_560_000_000),
    Case(format: "d/M/yyyy HH:mm", text: "29/2/2016 1:16", microseconds: nil),
    Case(format: "d/M/yyyy HH:mm", text: "29/2/2015 01:16", microseconds: nil),
    Case(format: "d/M/yyyy H:mm", text: "9/12/2016 1:16", microseconds: 1_481_246_160_000_000),
    Case(
      format: "MM/dd/yyyy hh:mm:ss a", text: "05/09/2016 12:00:00 AM",
      microseconds: 1_462_752_000_000_000),
    Case(
      format: "MM/dd/yyyy hh:mm:ss a", text: "05/09/2016 12:30:00 pm",
      microseconds: 1_462_797_000_000_000),
    Case(format: "MM/dd/yyyy hh:mm:ss a", text: "05/09/2016 13:00:00 PM", microseconds: nil),
    Case(
      format: "yyyy/MM/dd h:mm:ss a z", text: "2026/05/20 1:43:01 PM GMT+1",
      microseconds: 1_779_280_981_000_000),
    Case(
      format: "yyyy-MM-dd HH:mm:ss z", text: "2026-05-20 12:43:01 UTC",
      microseconds: 1_779_280_981_000_000),
    Case(format: "yyyy-MM-dd HH:mm:ss z", text: "2026-05-20 12:43:01 CET", microseconds: nil),
    Case(
      format: "yyyy-MM-dd'T'HH:mm:ss.S", text: "2026-05-20T12:43:01.5",
      microseconds: 1_779_280_981_500_000),
    Case(format: "yyyyMMdd", text: "20260520", microseconds: 1_779_235_200_000_000),
    Case(format: "yyyy-MM-dd", text: "2026-05-20 ", microseconds: 1_779_235_200_000_000),
    Case(format: "yyyy-MM-dd", text: "2026-05-20x", microseconds: nil),
    Case(format: "yyyy-MM-dd", text: "0000-05-20", microseconds: nil),
    // Local times.
    Case(
      format: "iso8601", text: "2026-07-01T12:00", microseconds: 1_782_900_000_000_000,
      zone: "Europe/Berlin"),
    Case(
      format: "iso8601", text: "2026-01-01T12:00", microseconds: 1_767_243_600_000_000,
      zone: "Asia/Ho_Chi_Minh"),
  ]

  /// The time of one cell, as an event would carry it.
  private func occurrence(
    of text: String, format: String, zone: String
  ) throws -> (Occurrence?, ImportSample) {
    let sample = try ImportSample(
      "id,time,q\n1,\"\(text)\",5\n",
      yaml: """
        source: sample
        rows: survey
        id: id
        occurred: {column: time, format: "\(format)", zone: \(zone)}
        survey: {id: s, questions: [{id: q, column: q, metric: csat, scale: [1, 5]}]}
        """)
    return (sample.drafts.first?.occurrence, sample)
  }

  @Test(arguments: cases)
  func `a time means what its format says, or the row is rejected`(_ time: Case) throws {
    let (occurrence, sample) = try occurrence(of: time.text, format: time.format, zone: time.zone)
    #expect(occurrence?.instant?.microseconds == time.microseconds)
    guard time.microseconds == nil else { return }
    #expect(
      sample.rejected.map(\.reason) == [.time(.unreadable(format: time.format), column: "time")])
  }

  @Test func `a date without a clock is a day`() throws {
    let day = try occurrence(of: "2026-03-01", format: "iso8601", zone: "Asia/Ho_Chi_Minh").0
    let time = try occurrence(of: "2026-03-01T00:00", format: "iso8601", zone: "Asia/Ho_Chi_Minh").0
    #expect(day != time)
    #expect(day?.instant == Instant(microseconds: 1_772_323_200_000_000))
  }

  @Test func `an hour that occurs twice is the earlier one`() throws {
    // 2025-10-26 in London: 01:30 is 00:30 UTC and, an hour later, 01:30 UTC.
    let (occurrence, sample) = try occurrence(
      of: "2025-10-26 01:30", format: "iso8601", zone: "Europe/London")
    #expect(occurrence == .exact(Instant(microseconds: 1_761_438_600_000_000)))
    #expect(sample.notes.isEmpty)
  }

  @Test func `an hour that a clock change skips is taken after it, and noted`() throws {
    // 2025-03-30 in London: 01:30 does not exist; taken as 02:30 BST, 01:30 UTC.
    let (occurrence, sample) = try occurrence(
      of: "2025-03-30 01:30", format: "iso8601", zone: "Europe/London")
    #expect(occurrence == .exact(Instant(microseconds: 1_743_298_200_000_000)))
    #expect(sample.notes.map(\.note) == [.localTimeSkipped(column: "time")])
    #expect(sample.drafts.first?.source?.conflicts == ["local-time-skipped"])
  }

  @Test func `the minutes around a clock change keep their offsets`() throws {
    let times = [
      ("2025-03-30 00:59", 1_743_296_340), ("2025-03-30 02:00", 1_743_296_400),
      ("2025-10-26 00:59", 1_761_436_740), ("2025-10-26 02:00", 1_761_444_000),
    ]
    for (text, seconds) in times {
      let (occurrence, sample) = try occurrence(of: text, format: "iso8601", zone: "Europe/London")
      #expect(occurrence == .exact(Instant(microseconds: Int64(seconds) * 1_000_000)))
      #expect(sample.notes.isEmpty)
    }
  }

  @Test func `a time outside the accepted years is rejected`() throws {
    let (_, sample) = try occurrence(of: "1899-12-31", format: "iso8601", zone: "UTC")
    #expect(sample.rejected.map(\.reason) == [.time(.outOfRange, column: "time")])
  }

  @Test(arguments: ["''", "CET+1", "GMT+7", "CET", "Nowhere/City", "Berlin"])
  func `a name that is no place makes no zone`(name: String) {
    #expect(throws: ImportRefusal.self) {
      try occurrence(of: "2026-03-01 10:00", format: "iso8601", zone: name)
    }
  }
}
