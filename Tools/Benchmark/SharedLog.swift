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
    let recorder = EventRecorder(ledger, clock: place.clock, maker: DraftMaker(labelsSite: true))
    try recorder.record(place.file("events"), SharedLogPlaces(ledger.log))
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
    var places = try self.places(in: ledger.log)
    let recorder = EventRecorder(ledger, clock: place.clock, maker: DraftMaker(labelsSite: true))
    var work = Measurement()
    var reading = Measurement()
    let events = try place.events("more")
    while let event = try events.next() {
      try work.time {
        places.take(event.place)
        _ = try ledger.withRecorder { try recorder.record(event, places, with: $0) }
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

  /// The places of the generated events in a ledger that holds them all.
  private func places(in log: LogID) throws -> SharedLogPlaces {
    var places = SharedLogPlaces(log)
    let events = try place.events("events")
    while let event = try events.next() { places.take(event.place) }
    return places
  }
}
