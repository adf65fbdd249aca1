import FeedbackLedger
import Foundation
import LedgerCore
import LedgerStore
import TestSupport

/// The files that every scenario begins with: a head office and a branch that have synced, a bundle of the branch's
/// news, and news at the office too. For one seed they are the same in every process.
struct Base {
  let folder: TemporaryFolder
  private let seed: UInt64
  /// Whether the branch's write-ahead log is so long that a few events more have it moved into the file.
  private let fillsLog: Bool
  private var images: [String: Data] = [:]

  static let office = "authority.ledger"
  static let branch = "branch1.ledger"
  static let bundle = "branch.bundle"
  static let shared = "shared"
  /// What the steps come to without a fault, for the process that looks after one that has ended.
  static let expected = "expected"

  init(seed: UInt64, fillsLog: Bool) throws {
    self.seed = seed
    self.fillsLog = fillsLog
    folder = try TemporaryFolder()
    try make()
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path("")) {
      images[name] = try Data(contentsOf: URL(fileURLWithPath: folder.path(name)))
    }
  }

  /// Its ledgers are closed when it returns.
  private func make() throws {
    var world = try World(seed: seed, branches: 2, folder: folder)
    for site in world.sites.indices { try world.record(24, at: site) }
    try world.converge()
    for site in world.sites.indices { try world.record(8, at: site) }
    _ = try world.ledgers[2].bundle(to: folder.path(Self.bundle))
    for ledger in world.ledgers { try ledger.store.checkpoint() }
    let log = URL(fileURLWithPath: folder.path(Self.branch + "-wal"))
    // An event writes a dozen pages.
    while fillsLog, try Data(contentsOf: log).count < StoreLimits.walBytesMax - 100_000 {
      try world.record(1, at: 2)
    }
  }

  /// The clock and the dice of a site as they are at the beginning: a week later than everything that is there.
  var surroundings: Surroundings {
    let clock = WallClock(WallClock.start, seed: seed &+ 1)
    clock.turn(seconds: 7 * 86_400)
    return clock.surroundings
  }

  /// The drafts of the steps, always the same.
  func drafts(_ count: Int) -> [EventDraft] {
    var random = SplitMix64(seed: seed &+ 2)
    var drafts = RandomDrafts()
    return (0..<count).map { _ in drafts.next(near: WallClock.start, using: &random) }
  }

  /// Puts every file back to what it was, in place: a ledger knows its file by the inode.
  func restore() throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path(""))
    where images[name] == nil && name != Self.expected {
      try folder.remove(name)
    }
    try folder.make(Self.shared)
    for (name, bytes) in images.sorted(by: { $0.key < $1.key }) {
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.path(name)))
      try file.truncate(atOffset: 0)
      try file.write(contentsOf: bytes)
      try file.close()
    }
  }
}
