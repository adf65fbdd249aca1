package import FeedbackLedger
import Foundation
import LedgerCore
import LedgerStore

/// Several ledgers of one company: an authority and its branches, each with its own clock, recording and syncing
/// as a seed says.
package struct World {
  /// One ledger and the clock on its wall.
  package struct Site {
    package var ledger: Ledger
    package let clock: WallClock
  }

  /// Of every world's ledger.
  package static let recoveryKey = RecoveryKey(
    Surroundings(now: { WallClock.start }, randomBytes: { [UInt8](repeating: 0xA5, count: $0) }))

  package var random: SplitMix64
  package private(set) var drafts = RandomDrafts()
  /// The authority comes first.
  package var sites: [Site] = []
  /// `branches`: nil: two to four, as the seed says.
  /// `folder`: nil: every ledger is in memory; else every second one is a file there.
  package init(
    seed: UInt64, branches: Int? = nil, timeZone: String = "Europe/Berlin",
    folder: TemporaryFolder? = nil
  ) throws {
    random = SplitMix64(seed: seed)
    let clock = WallClock(WallClock.start, seed: random.next())
    let authority = try Ledger.create(
      at: folder?.path("authority.ledger"), site: "head office", timeZone: timeZone,
      recoveryKey: Self.recoveryKey, surroundings: clock.surroundings)
    sites.append(Site(ledger: authority, clock: clock))
    for number in 0..<(branches ?? Int.random(in: 2...4, using: &random)) {
      let path = number.isMultiple(of: 2) ? nil : folder?.path("branch\(number).ledger")
      try join("branch \(number)", at: path)
    }
  }

  package var authority: Ledger { sites[0].ledger }
  package var ledgers: [Ledger] { sites.map(\.ledger) }

  /// Invites a site and starts its ledger, with a clock that is wrong by up to a day. It is not enrolled before the
  /// authority hears of it.
  @discardableResult
  package mutating func join(_ name: String, at path: String? = nil) throws -> Ledger {
    let skew = Int64.random(in: -86_400...86_400, using: &random)
    let clock = WallClock(sites[0].clock.time, seed: random.next())
    clock.turn(seconds: skew)
    let invitation = try authority.invite(name)
    let ledger = try Ledger.create(
      at: path, site: name, invitation: invitation, surroundings: clock.surroundings)
    sites.append(Site(ledger: ledger, clock: clock))
    return ledger
  }

  /// Starts a second machine from an image of a site's first one.
  package mutating func clone(site: Int, named name: String, in folder: TemporaryFolder) throws {
    let clock = WallClock(sites[site].clock.time, seed: random.next())
    let twin = try Twin.of(
      sites[site].ledger, named: name, in: folder, surroundings: clock.surroundings)
    sites.append(Site(ledger: twin, clock: clock))
  }

  /// Opens a copy of a site's file: it goes on in a successor log at once.
  package mutating func copy(site: Int, named name: String, in folder: TemporaryFolder) throws {
    let clock = WallClock(sites[site].clock.time, seed: random.next())
    let original = sites[site].ledger
    guard let path = original.store.path else { throw StoreError.missingSetting("path") }
    try original.store.checkpoint()
    let copy = folder.path(name)
    try FileManager.default.copyItem(atPath: path, toPath: copy)
    let ledger = try Ledger.open(at: copy, surroundings: clock.surroundings)
    sites.append(Site(ledger: ledger, clock: clock))
  }

  /// Takes random steps: mostly recordings, some syncs, now and then a clock that is turned.
  package mutating func run(steps: Int) throws {
    for _ in 0..<steps {
      let site = Int.random(in: sites.indices, using: &random)
      switch Int.random(in: 0..<10, using: &random) {
      case 0, 1:
        let other = Int.random(in: sites.indices, using: &random)
        if other != site { _ = try sites[site].ledger.sync(with: sites[other].ledger) }
      case 2: turnClock(of: site)
      default: try record(Int.random(in: 1...6, using: &random), at: site)
      }
    }
  }

  /// Records random drafts in one transaction.
  package mutating func record(_ count: Int, at site: Int) throws {
    let ledger = sites[site].ledger
    sites[site].clock.turn(seconds: .random(in: 0...3_600, using: &random))
    let made = (0..<count).map { _ in drafts.next(near: sites[site].clock.time, using: &random) }
    try drafts.record(made, in: ledger, using: &random)
  }

  /// Syncs every site with the authority, there and back, until all hold the same, texts too.
  package func converge() throws {
    for _ in 0..<4 {
      for site in sites.dropFirst() { _ = try site.ledger.sync(with: authority) }
      let heads = try ledgers.map { try $0.store.read { $1.heads } }
      // Texts come once a log is known to be enrolled, which may be a session later.
      let isWhole = try ledgers.allSatisfy { try $0.missingTexts().isEmpty }
      if Set(heads).count == 1, isWhole { return }
    }
  }

  /// Syncs every pair until nobody learns anything new.
  package func convergeInPairs() throws {
    for _ in 0..<sites.count + 2 {
      var received = 0
      for (index, left) in sites.enumerated() {
        for right in sites[(index + 1)...] {
          let reports = try left.ledger.sync(with: right.ledger)
          received += reports.here.received + reports.there.received
        }
      }
      if received == 0 { return }
    }
  }

  private mutating func turnClock(of site: Int) {
    let isBack = Int.random(in: 0..<3, using: &random) == 0
    let seconds = Int64.random(in: 0...200_000, using: &random)
    sites[site].clock.turn(seconds: isBack ? -seconds : seconds)
  }
}
