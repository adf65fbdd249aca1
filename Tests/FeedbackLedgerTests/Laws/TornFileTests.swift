import FeedbackLedger
import Foundation
import LedgerCore
import LedgerStore
import TestSupport
import Testing

/// Law 8 for a disk that tears: sectors of the file that come back as zeros, as noise, as another sector or with a
/// flipped bit. Nothing traps, and a file that `verify` finds nothing in gives the answers of the whole one.
@Suite struct `Torn files` {
  @Test(arguments: Seeds.all)
  func `are named, or answer like whole ones`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let file = try TornFile(seed: seed)
    var named = 0
    for number in 0..<12 {
      try file.put(file.torn(using: &random))
      guard let answers = file.answers() else {
        named += 1
        continue
      }
      #expect(file.isWhole(answers), "image \(number)")
    }
    try file.put(file.bytes)
    #expect(file.isWhole(file.answers()))
    // Of twelve images with up to three torn sectors some must hit what is in use.
    #expect(named > 0)
  }

  @Test(arguments: Seeds.all)
  func `with one flipped bit anywhere are named, or answer like whole ones`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let file = try TornFile(seed: seed)
    var (tried, named) = (0, 0)
    // Many bytes of a file are in no use; one in ten is not so rare.
    while tried < 10 || named == 0 {
      try file.put(file.flipped(using: &random))
      tried += 1
      guard let answers = file.answers() else {
        named += 1
        continue
      }
      #expect(file.isWhole(answers), "image \(tried)")
      try #require(tried < 200)
    }
  }

  @Test(arguments: Seeds.all)
  func `rebuilt answer like whole ones where only the derived part is torn`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let file = try TornFile(seed: seed)
    let table = try #require(TornFile.derivedBlobs.randomElement(using: &random))
    let store = try Store.open(at: file.url.path)
    try store.run("UPDATE \(table.name) SET \(table.column) = randomblob(length(\(table.column)))")
    try store.checkpoint()
    #expect(file.answers() == nil, "\(table)")
    let (ledger, _) = try Ledger.rebuild(at: file.url.path)
    #expect(try ledger.verify().findings.isEmpty)
    try ledger.store.checkpoint()
    #expect(file.isWhole(file.answers()), "\(table)")
  }
}

/// A ledger file with a sealed page and a tail, and what it answers.
private struct TornFile {
  static let derivedBlobs: [(name: String, column: String)] = [
    ("page", "runs"), ("page", "links"), ("page", "hot"), ("tail", "row"), ("counter", "cells"),
    ("label_set", "bytes"), ("answer_shape", "bytes"), ("change_tail", "changes"),
  ]

  private static let sector = 512
  private let folder: TemporaryFolder
  let url: URL
  let bytes: Data
  private let highWater: Data
  /// What it answers, line by line.
  let whole: Set<String>

  init(seed: UInt64) throws {
    folder = try TemporaryFolder()
    url = URL(filePath: folder.path("authority.ledger"))
    try Self.fill(seed: seed, in: folder)
    bytes = try Data(contentsOf: url)
    highWater = try Data(contentsOf: Self.highWaterURL(of: url))
    whole = try #require(Self.answers(at: url.path))
  }

  private static func highWaterURL(of url: URL) -> URL { URL(filePath: url.path + "-highwater") }

  private static func fill(seed: UInt64, in folder: TemporaryFolder) throws {
    var world = try World(seed: seed, branches: 0, folder: folder)
    for _ in 0..<11 { try world.record(110, at: 0) }
    try world.authority.store.checkpoint()
  }

  /// Puts an image in the file's place, with what stood beside the file when it was whole.
  func put(_ image: Data) throws {
    for suffix in ["-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: url.path + suffix)
    }
    try image.write(to: url)
    try highWater.write(to: Self.highWaterURL(of: url))
  }

  /// Whether the answers are those of the whole file. One that looks like a copy goes on in a log of its own, which is
  /// a head more.
  func isWhole(_ answers: Set<String>?) -> Bool {
    guard let answers else { return false }
    return whole.isSubset(of: answers)
      && answers.subtracting(whole).allSatisfy { $0.hasPrefix("head ") }
  }

  /// Nil where something of it is refused, or `verify` finds something.
  func answers() -> Set<String>? { Self.answers(at: url.path) }

  private static func answers(at path: String) -> Set<String>? {
    guard let ledger = try? Ledger.open(at: path) else { return nil }
    // Each is asked whatever became of the one before: none may trap.
    let heads = try? ledger.heads().map { "head \($0.head)" }
    let sites = try? ledger.sites()
    let scores = ["nps", "csat.top2", "ticket.backlog"].map { metric in
      let request = ScoreRequest(metric: metric, groupings: [.month, .site])
      return try? ledger.score(request).rows.map { "\(metric) \($0.group) \($0.score.text())" }
    }
    let findings = try? ledger.verify().findings
    guard let heads, sites != nil, findings?.isEmpty == true else { return nil }
    let known = scores.compactMap { $0 }
    guard known.count == scores.count else { return nil }
    return Set(heads + known.joined())
  }

  /// One bit of the file.
  func flipped(using random: inout SplitMix64) -> Data {
    var flipped = bytes
    let place = Int.random(in: 0..<bytes.count, using: &random)
    flipped[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    return flipped
  }

  /// One to three sectors damaged.
  func torn(using random: inout SplitMix64) -> Data {
    var torn = bytes
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let place = Self.sector * Int.random(in: 0..<bytes.count / Self.sector, using: &random)
      let range = place..<place + Self.sector
      switch Int.random(in: 0..<4, using: &random) {
      case 0: torn.replaceSubrange(range, with: repeatElement(0, count: Self.sector))
      case 1:
        torn.replaceSubrange(
          range, with: (0..<Self.sector).map { _ in UInt8(truncatingIfNeeded: random.next()) })
      case 2:
        let other = Self.sector * Int.random(in: 0..<bytes.count / Self.sector, using: &random)
        torn.replaceSubrange(range, with: bytes[other..<other + Self.sector])
      default:
        torn[place + Int.random(in: 0..<Self.sector, using: &random)] ^=
          1 << UInt8.random(in: 0..<8, using: &random)
      }
    }
    return torn
  }
}
