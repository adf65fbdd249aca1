import FeedbackLedger
import Foundation
import LedgerCore

/// W4: each site has a ledger of its own; hubs take their logs in.
struct Branches {
  let place: Workplace
  private static let authority = "authority"

  /// Not timed: the authority, and a ledger for each site with that site's events.
  func record() throws {
    place.clock.reset()
    place.remove(Self.authority)
    let authority = try Ledger.create(
      at: place.ledgerPath(Self.authority), site: "authority",
      surroundings: place.clock.surroundings)
    let branches = try DraftMaker.siteNames.map { try branch($0, authority) }
    let places = SiteLogPlaces(logs: branches.map(\.log))
    for (site, branch) in branches.enumerated() {
      let recorder = EventRecorder(
        branch, clock: place.clock, maker: DraftMaker(labelsSite: false))
      try recorder.record(place.file(place.logPath(ofSite: site)), places)
    }
  }

  /// So many further ledgers that the authority has enrolled and that hold nothing of their own.
  func members(_ count: Int) throws -> [Ledger] {
    let authority = try place.open(Self.authority)
    return try (0..<count).map { try branch("member-\($0)", authority) }
  }

  private func branch(_ name: String, _ authority: Ledger) throws -> Ledger {
    place.remove(name)
    let branch = try Ledger.create(
      at: place.ledgerPath(name), site: name, invitation: try authority.invite(name),
      surroundings: place.clock.surroundings)
    // The authority enrols it now; else its events would wait.
    _ = try authority.receive(everythingFrom: branch)
    return branch
  }

  /// All logs into empty hubs, the same again, then what the branches have recorded meanwhile.
  func merge() throws {
    let expected = try Expected(folder: place.data)
    for number in 0..<place.runs { try makeEmptyHub(Self.hub(number)) }
    let branches = try DraftMaker.siteNames.map { try place.open($0) }
    let sizes = try branches.map { branch in
      try branch.store.read { _, state in state.ownLog?.size ?? 0 }
    }
    try hear(branches)
    var (first, again, more) = (Measurement(), Measurement(), Measurement())
    var count = 0
    for number in 0..<place.runs {
      let hub = try place.open(Self.hub(number))
      count = try first.time { try merge(branches, into: hub) }
      try expected.asof[0].check(try SiteMonths.rows(hub, at: .now), "W4 merged")
      _ = try again.time { try merge(branches, into: hub) }
    }
    Report.line("W4 events/s", Double(count) / first.median, digits: 0)
    Report.line("W4 again ms", again.median * 1e3)
    try recordMore(
      branches, SiteLogPlaces(logs: branches.map(\.log), sizesAtObservation: sizes))
    for number in 0..<place.runs {
      let hub = try place.open(Self.hub(number))
      _ = try more.time { try merge(branches, into: hub) }
      try expected.after_more.check(try SiteMonths.rows(hub, at: .now), "W4 more")
    }
    Report.line("W4 more ms", more.median * 1e3)
    Report.memory("W4")
  }

  static func hub(_ number: Int) -> String { "hub-\(number)" }

  /// They hear who belongs to the ledger by now: texts are brought to a hub that is known as a member only.
  func hear(_ ledgers: [Ledger]) throws {
    let authority = try place.open(Self.authority)
    for ledger in ledgers { _ = try ledger.receive(everythingFrom: authority) }
  }

  /// A ledger that knows who belongs to it, itself too, and nothing else, in a file that nobody has open.
  func makeEmptyHub(_ name: String) throws {
    let authority = try place.open(Self.authority)
    place.remove(name)
    let hub = try Ledger.create(
      at: place.ledgerPath(name), site: name, invitation: try authority.invite(name),
      surroundings: place.clock.surroundings)
    _ = try authority.receive(everythingFrom: hub)
    _ = try hub.receive(everythingFrom: authority)
  }

  private func merge(_ branches: [Ledger], into hub: Ledger) throws -> Int {
    var count = 0
    for branch in branches {
      let report = try hub.receive(everythingFrom: branch)
      guard report.refusals.isEmpty else {
        throw BenchmarkError.notRecorded(String(describing: report.refusals))
      }
      count += report.received
    }
    return count
  }

  private func recordMore(_ branches: [Ledger], _ places: SiteLogPlaces) throws {
    let recorders = branches.map { branch in
      EventRecorder(branch, clock: place.clock, maker: DraftMaker(labelsSite: false))
    }
    let events = try place.events("more")
    while let event = try events.next() {
      let site = event.place.site
      try branches[site].withRecorder { _ = try recorders[site].record(event, places, with: $0) }
    }
  }

  /// Everything that a hub holds, in one file.
  func bundle() throws {
    let path = place.ledgers.appending(path: "all.bundle").path()
    let report = try place.open(Self.hub(0)).bundle(to: path)
    Report.line("W4 bundle bytes/event", Double(report.bytes) / Double(report.events), digits: 1)
    Report.memory("W4 bundle")
  }

  /// W2 where the logs arrived one after another: what was recorded by a time is no prefix of what arrived.
  func recordedAtHub() throws {
    try AsOf(place: place, expected: Expected(folder: place.data)).run(
      try place.open(Self.hub(0)), "W2 recorded at a hub", { .recorded($0) })
  }
}
