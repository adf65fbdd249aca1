import FeedbackLedger
import Foundation
import LedgerCore
import LedgerStore

/// W5: which responses moved the NPS of a site-month between two times.
struct Explaining {
  /// One line of the harness's windows; times in milliseconds since 1970 UTC, the month since 1970-01.
  private struct Window {
    var site: Int
    var month: Int
    var from: Int64
    var to: Int64
  }

  let place: Workplace
  let ledger: Ledger

  func run() throws {
    let expected = try Expected(folder: place.data)
    let places = try PlaceTable(place)
    var work = Measurement()
    for (window, answer) in zip(try windows(), expected.explain) {
      guard let days = Self.days(ofMonth: window.month) else {
        throw BenchmarkError.missing("month \(window.month)")
      }
      let request = ScoreRequest(
        metric: "nps", from: ledger.store.zone.start(of: days.lowerBound),
        to: ledger.store.zone.start(of: days.upperBound),
        filters: [Label(key: Label.site, value: DraftMaker.siteNames[window.site])])
      let explanation = try work.time {
        try ledger.explain(
          request, from: .recorded(Instant(milliseconds: window.from)),
          to: .recorded(Instant(milliseconds: window.to)), withEvents: true)
      }
      let rows = rows(of: explanation, days: days, places: places)
      try answer.check(rows, "W5 \(window)")
    }
    Report.line("W5 p50 ms", work.median * 1e3)
    Report.line("W5 p99 ms", work.quantile(0.99) * 1e3)
    Report.memory("W5")
  }

  /// Item, NPS before, NPS after (−1 = does not count in the cell), ascending; an item of several steps once.
  private func rows(
    of explanation: Explanation, days: Range<CivilDay>, places: PlaceTable
  ) -> [[Int64]] {
    var rows: [ItemID: (before: Int64, after: Int64)] = [:]
    for event in explanation.parts.flatMap(\.events) {
      let after = Self.answer(event.contributionsAfter, days)
      let before = rows[event.item]?.before ?? Self.answer(event.contributionsBefore, days)
      rows[event.item] = (before, after)
    }
    return rows.filter { $0.value.before != $0.value.after }.map { item, values in
      [places.number(ofSeq: item.low &- ledger.log.low), values.before, values.after]
    }
    .sorted { $0[0] < $1[0] }
  }

  private static func answer(_ contributions: [Contribution], _ days: Range<CivilDay>) -> Int64 {
    let own = contributions.first {
      $0.measure == .nps && days.contains(CivilDay(number: $0.day))
    }
    return own.map { Int64(AnswerBucket(rawValue: $0.bucket).value) } ?? -1
  }

  private static func days(ofMonth month: Int) -> Range<CivilDay>? {
    guard
      let first = CivilDay(year: 1970 + month / 12, month: month % 12 + 1, day: 1),
      let next = CivilDay(year: 1970 + (month + 1) / 12, month: (month + 1) % 12 + 1, day: 1)
    else { return nil }
    return first..<next
  }

  private func windows() throws -> [Window] {
    let text = try String(contentsOf: place.data.appending(path: "explain.csv"), encoding: .utf8)
    return text.split(separator: "\n").dropFirst().compactMap { line in
      let numbers = line.split(separator: ",").compactMap { Int64($0) }
      guard numbers.count == 4 else { return nil }
      return Window(
        site: Int(numbers[0]), month: Int(numbers[1]), from: numbers[2], to: numbers[3])
    }
  }
}

/// By seq in the shared log the generator's number of an event: four bytes an event.
private struct PlaceTable {
  private var packed: [UInt32] = []
  private static let seqBits = 27

  init(_ place: Workplace) throws {
    let events = try place.events("events")
    while let event = try events.next() {
      packed.append(UInt32(event.place.site << Self.seqBits | event.place.seq))
    }
  }

  /// The harness's name of an item: site · 2^32 + seq. The log's first entry starts it.
  func number(ofSeq seq: UInt64) -> Int64 {
    guard seq >= 2, seq - 2 < UInt64(packed.count) else { return -1 }
    let value = Int64(packed[Int(seq - 2)])
    return (value >> Int64(Self.seqBits)) << 32 | value & ((1 << Int64(Self.seqBits)) - 1)
  }
}
