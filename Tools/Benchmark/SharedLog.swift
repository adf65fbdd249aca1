import FeedbackLedger
import LedgerCore
import LedgerStore

/// W1, W2, W3: one ledger with one log that all sites share.
struct SharedLog {
  let place: Workplace
  private static let name = "shared"

  /// W1: events to a new ledger, durable, hashed, all views kept.
  func ingest() throws {
    var work = Measurement()
    var count = 0
    for _ in 0..<place.runs {
      place.remove(Self.name)
      count = try work.time { try ingestOnce() }
    }
    try Expected(folder: place.data).asof[0].check(
      try SiteMonths.rows(try place.open(Self.name), at: .now), "W1 now")
    Report.line("W1 events/s", Double(count) / work.median, digits: 0)
    Report.line("W1 bytes/event", try place.size(Self.name) / Double(count), digits: 1)
    Report.memory("W1")
  }

  private func ingestOnce() throws -> Int {
    place.clock.reset()
    let ledger = try Ledger.create(
      at: place.ledgerPath(Self.name), site: "shared", surroundings: place.clock.surroundings)
    var seqs = SeqTable()
    let log = ledger.log
    let recorder = EventRecorder(
      ledger, clock: place.clock, maker: DraftMaker(labelsSite: true),
      itemAddress: {
        let known = seqs
        return { Address(log: log, seq: known.seq(of: $0.item)) }
      })
    try recorder.record(place.events("events")) { seqs.add($0.place, seq: $1.seq) }
    return recorder.count
  }

  /// W2: at what the ledger held by then, or at what had been recorded by then.
  func asOf(_ name: String, _ point: (Instant) -> PointInTime) throws {
    try AsOf(place: place, expected: Expected(folder: place.data)).run(
      try place.open(Self.name), name, point)
  }

  /// W2: every event again.
  func replay() throws {
    try AsOf(place: place, expected: Expected(folder: place.data)).replay(
      try place.open(Self.name), "W2 replay")
  }

  /// W5: what moved a score.
  func explain() throws {
    try Explaining(place: place, ledger: place.open(Self.name)).run()
  }

  /// W3: one event durable, then its site-month read.
  func append() throws {
    let ledger = try place.open(Self.name)
    var seqs = try seqTable()
    let log = ledger.log
    let recorder = EventRecorder(
      ledger, clock: place.clock, maker: DraftMaker(labelsSite: true),
      itemAddress: {
        let known = seqs
        return { Address(log: log, seq: known.seq(of: $0.item)) }
      })
    var work = Measurement()
    var reading = Measurement()
    let events = try place.events("more")
    while let event = try events.next() {
      try work.time {
        let address = try ledger.withRecorder { try recorder.record(event, with: $0) }
        seqs.add(event.place, seq: address.seq)
        try reading.time { try readCell(of: event, ledger) }
      }
    }
    try Expected(folder: place.data).after_more.check(
      try SiteMonths.rows(ledger, at: .now), "W3 afterwards")
    Report.line("W3 p50 ms", work.median * 1e3)
    Report.line("W3 p99 ms", work.quantile(0.99) * 1e3)
    Report.line("W3 read p50 ms", reading.median * 1e3)
    Report.memory("W3")
  }

  private func readCell(of event: GeneratedEvent, _ ledger: Ledger) throws {
    let day = ledger.store.zone.day(of: Instant(milliseconds: event.occurred)).startOfMonth
    let next = CivilDay(number: day.number + 31).startOfMonth
    let request = ScoreRequest(
      metric: "nps", from: ledger.store.zone.start(of: day), to: ledger.store.zone.start(of: next),
      filters: [Label(key: Label.site, value: DraftMaker.siteNames[event.place.site])])
    _ = try ledger.score(request)
  }

  /// The log's first entry starts it; then come the generated events in their order.
  private func seqTable() throws -> SeqTable {
    var seqs = SeqTable()
    var seq: UInt64 = 1
    let events = try place.events("events")
    while let event = try events.next() {
      seq += 1
      seqs.add(event.place, seq: seq)
    }
    return seqs
  }
}
