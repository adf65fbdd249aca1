import FeedbackLedger
import Foundation
import LedgerCore
import TestSupport
import Testing

/// Law 8 for what was acknowledged and is not yet in the file itself: whatever becomes of SQLite's write-ahead log, all
/// of it is there, or the ledger sees that some is missing and goes on in another log.
@Suite struct `A damaged write-ahead log` {
  @Test(arguments: Seeds.all)
  func `with a flipped bit loses nothing unseen`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let image = try Image(seed: seed)
    var missing = 0
    for _ in 0..<10 {
      var log = image.log
      log[Int.random(in: 0..<log.count, using: &random)] ^= 1 << UInt8(random.next() % 8)
      if try image.opensWithLess(log) { missing += 1 }
    }
    // Of ten bits some must lie in a transaction: from there on nothing is read.
    #expect(missing > 0)
  }

  @Test(arguments: Seeds.all)
  func `that is cut loses nothing unseen`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let image = try Image(seed: seed)
    for _ in 0..<10 {
      let count = Int.random(in: 0..<image.log.count, using: &random)
      #expect(try image.opensWithLess(image.log.prefix(count)))
    }
    #expect(try !image.opensWithLess(image.log))
  }

  /// A ledger as its machine lost power: the file, the log beside it, and what was acknowledged.
  private struct Image {
    private let folder: TemporaryFolder
    private let url: URL
    private let file: Data
    let log: Data
    private let highWater: Data
    private let acknowledged: Head

    init(seed: UInt64) throws {
      folder = try TemporaryFolder()
      url = URL(filePath: folder.path("authority.ledger"))
      var world = try World(seed: seed, branches: 0, folder: folder)
      try world.authority.store.checkpoint()
      for count in 1...12 { try world.record(count, at: 0) }
      acknowledged = try #require(try Self.ownHead(of: world.authority, world.authority.log))
      file = try Data(contentsOf: url)
      log = try Data(contentsOf: Self.url("-wal", url))
      highWater = try Data(contentsOf: Self.url("-highwater", url))
    }

    /// Whether a ledger with such a log lacks something that was acknowledged, which it then knows.
    func opensWithLess(_ log: Data) throws -> Bool {
      try? FileManager.default.removeItem(at: Self.url("-shm", url))
      // In place, so that nothing but the log tells that it is not the file that it was.
      try file.write(to: url)
      try log.write(to: Self.url("-wal", url))
      try highWater.write(to: Self.url("-highwater", url))
      let ledger = try Ledger.open(at: url.path)
      let held = try #require(try Self.ownHead(of: ledger, acknowledged.log))
      #expect(try ledger.verify().findings.isEmpty)
      if held == acknowledged {
        #expect(ledger.log == acknowledged.log)
        return false
      }
      #expect(held.size < acknowledged.size)
      #expect(ledger.log != acknowledged.log)
      return true
    }

    private static func ownHead(of ledger: Ledger, _ log: LogID) throws -> Head? {
      try ledger.heads().map(\.head).first { $0.log == log }
    }

    private static func url(_ suffix: String, _ url: URL) -> URL {
      URL(filePath: url.path + suffix)
    }
  }
}
