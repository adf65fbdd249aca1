import FeedbackLedger
import Foundation
import LedgerCore
import LedgerHTTP

/// What a hub bears over TLS on loopback. Its branches run in this process, on the same cores.
struct HubLoad {
  let branches: Branches
  var place: Workplace { branches.place }

  /// All branches bring all they have to an empty hub, at the same time.
  func transfer() throws {
    let expected = try Expected(folder: place.data)
    let senders = try DraftMaker.siteNames.map { try place.open($0) }
    var work = Measurement()
    var memory = 0.0
    var count = 0
    for _ in 0..<place.runs {
      try branches.makeEmptyHub(Self.name)
      try branches.hear(senders)
      let hub = try HubProcess(ledger: place.ledgerPath(Self.name))
      defer { hub.stop() }
      try work.time {
        _ = try Crowd.run(senders.count) { try Self.push(senders[$0], to: hub) }
      }
      memory = max(memory, hub.memory("VmHWM"))
      hub.stop()
      let merged = try place.open(Self.name)
      // The merge of `Branches` has recorded the harness's further events meanwhile.
      try expected.after_more.check(try SiteMonths.rows(merged, at: .now), "L1 merged")
      count = try Self.eventCount(merged)
    }
    Report.line("L1 events/s", Double(count) / work.median, digits: 0)
    Report.line("L1 hub memory MiB", memory, digits: 0)
  }

  /// Beside a hub that holds everything and a hundred logs: nothing new, then new events of one branch and of all.
  func sessions() throws {
    let senders = try DraftMaker.siteNames.map { try place.open($0) }
    let mirror = try mirrorWithManyLogs()
    try branches.hear(senders + [mirror])
    let hub = try HubProcess(ledger: place.ledgerPath(Branches.hub(0)))
    defer { hub.stop() }
    try nothingNew(mirror, hub)
    try report("L3 one branch", mirror, hub) { try record(1_000, ofSite: 0, at: mirror) }
    // What 27 branches recorded has come to one place, which brings it on.
    let share = 1_000 / senders.count + 1
    try report("L3 27 branches", mirror, hub) {
      try senders.enumerated().reduce(0) { count, next in
        let recorded = try record(share, ofSite: next.offset, at: next.element)
        _ = try mirror.receive(everythingFrom: next.element)
        return count + recorded
      }
    }
  }

  private func nothingNew(_ mirror: Ledger, _ hub: HubProcess) throws {
    let connection = try hub.connection(of: mirror)
    defer { try? connection.close() }
    var quiet = Measurement()
    var bytes: [Int] = []
    for number in 0..<50 {
      var once = Measurement()
      let count = try Loopback.bytes {
        let outcome = try once.time { try HubSync(mirror, connection).run() }
        // The first makes both ends equal; what it brought is no concern here.
        guard number == 0 || outcome.here.received + outcome.there.received == 0 else {
          throw BenchmarkError.notRecorded("something new where nothing is")
        }
      }
      if number > 0 {
        quiet.add(once)
        bytes.append(count)
      }
    }
    Report.line("L2 nothing new ms", quiet.median * 1e3)
    Report.line("L2 nothing new p99 ms", quiet.quantile(0.99) * 1e3)
    Report.line("L2 nothing new bytes", Double(bytes.sorted()[bytes.count / 2]), digits: 0)
  }

  /// What is new at the sender, not timed, and then brought.
  private func report(
    _ name: String, _ sender: Ledger, _ hub: HubProcess, new: () throws -> Int
  ) throws {
    let connection = try hub.connection(of: sender)
    defer { try? connection.close() }
    try Self.push(sender, over: connection)
    var work = Measurement()
    var bytes: [Double] = []
    for _ in 0..<place.runs {
      let count = try new()
      let crossed = try Loopback.bytes {
        try work.time { try Self.push(sender, over: connection) }
      }
      bytes.append(Double(crossed) / Double(count))
    }
    Report.line("\(name) ms", work.median * 1e3)
    Report.line("\(name) bytes/event", bytes.sorted()[bytes.count / 2], digits: 1)
  }

  /// The first events of a generated site, once more: all kinds, as they come.
  private func record(_ count: Int, ofSite site: Int, at ledger: Ledger) throws -> Int {
    let events = try place.events(place.logPath(ofSite: site))
    let recorder = EventRecorder(ledger, clock: place.clock, maker: DraftMaker(labelsSite: false))
    var places = RecordedPlaces()
    for _ in 0..<count {
      guard let event = try events.next() else { break }
      try ledger.withRecorder {
        places.note(event, at: try recorder.record(event, places, with: $0))
      }
    }
    return recorder.count
  }

  /// As many branches as a chain of shops may have, each with fifty new events, at the same moment. The hub knows who
  /// they are.
  func crowd() throws {
    let count = 200
    place.clock.reset()
    let senders = try branches.members(count)
    try branches.makeEmptyHub(Self.name)
    try branches.hear(senders)
    let drafts = Array(try newAnswers().prefix(50))
    for sender in senders { _ = try sender.record(drafts) }
    let hub = try HubProcess(ledger: place.ledgerPath(Self.name))
    defer { hub.stop() }
    var all = Measurement()
    let sessions = try all.time {
      try Crowd.run(count) { try Self.push(senders[$0], to: hub) }
    }
    Report.line("L4 all done s", all.median, digits: 2)
    Report.line("L4 session p99 s", sessions.quantile(0.99), digits: 2)
    Report.line("L4 hub memory MiB", hub.memory("VmHWM"), digits: 0)
    hub.stop()
    let held = try Self.eventCount(try place.open(Self.name))
    guard held >= count * drafts.count else {
      throw BenchmarkError.notRecorded("the hub holds \(held) events")
    }
  }

  /// A hub that has answered a session which brought nothing, and waits.
  func idle() throws {
    let sender = try place.open(DraftMaker.siteNames[0])
    let hub = try HubProcess(ledger: place.ledgerPath(Branches.hub(0)))
    defer { hub.stop() }
    try Self.push(sender, to: hub)
    // The hub's second look finds it quiet at the latest, and then it gives back what it needed.
    let seconds = Double(3 * HubLimits().quietSeconds)
    Thread.sleep(forTimeInterval: seconds)  // Nobody asks for so long: that is idle.
    Report.line("L5 idle MiB", hub.memory("VmRSS"), digits: 0)
  }

  private static let name = "net-hub"

  private static func eventCount(_ ledger: Ledger) throws -> Int {
    try ledger.store.read { _, state in Int(state.lastPosition) }
  }

  /// One session's first half: what the branch has and the hub lacks.
  private static func push(_ sender: Ledger, to hub: HubProcess) throws {
    let connection = try hub.connection(of: sender)
    defer { try? connection.close() }
    try push(sender, over: connection)
  }

  private static func push(_ sender: Ledger, over connection: HubConnection) throws {
    let report = try HubSync(sender, connection).push()
    guard report.refusals.isEmpty else {
      throw BenchmarkError.notRecorded(String(describing: report.refusals))
    }
  }

  /// A branch that holds all that the hub does, with a hundred logs between them.
  private func mirrorWithManyLogs() throws -> Ledger {
    let hub = try place.open(Branches.hub(0))
    place.clock.set(try newest())
    for sender in try branches.members(72) { _ = try hub.receive(everythingFrom: sender) }
    try branches.makeEmptyHub("mirror")
    let mirror = try place.open("mirror")
    _ = try mirror.sync(with: hub)
    try hub.store.checkpoint()
    return mirror
  }

  private func newest() throws -> Int64 {
    let events = try place.events("more")
    var last: Int64 = 0
    while let event = try events.next() { last = event.recorded }
    return last
  }

  /// A thousand answers as the generator makes them: its next events, and some of them again.
  private func newAnswers() throws -> [EventDraft] {
    let events = try place.events("more")
    let maker = DraftMaker(labelsSite: false)
    var drafts: [EventDraft] = []
    while let event = try events.next() {
      place.clock.set(event.recorded)
      if event.kind == .answered { drafts.append(maker.draft(of: event, itemAddress: nil)) }
    }
    return Array((drafts + drafts).prefix(1_000))
  }
}
