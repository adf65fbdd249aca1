import FeedbackLedger
import Foundation
import FuzzTargets
import LedgerCore
import LedgerSchema
import SwiftProtobuf
import TestSupport

/// Entries of every kind, alone, as lines, and as what a site adds to its log.
enum EntrySeeds {
  static func all() throws -> [Seed] {
    let entries = try golden()
    var seeds = entries.map { Seed(.event, $0.kind, $0.bytes) }
    for (kind, bytes) in entries {
      let event = try Scorebook_V1_Event(serializedBytes: bytes)
      let line = try ExportedEvent(event, at: Address(log: Stage.log, seq: 3), site: "hn")
        .cloudEventLine()
      seeds.append(Seed(.cloudEvent, kind, line))
    }
    for (number, start) in stride(from: 0, to: entries.count, by: 8).enumerated() {
      let some = entries[start..<min(start + 8, entries.count)].map(\.bytes)
      seeds.append(try history("golden-\(number)", some))
    }
    for number in 1...4 { seeds.append(try history("random-\(number)", recorded(number))) }
    return seeds
  }

  /// One of every kind, as the program has always written it.
  private static func golden() throws -> [(kind: String, bytes: [UInt8])] {
    let file = ShippedMappings.root
      .appending(path: "Tests/FeedbackLedgerTests/Fixtures/entries.txt")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { line in
      let parts = line.split(separator: " ")
      guard parts.count == 2, let data = Data(base64Encoded: String(parts[1])) else { return nil }
      return (String(parts[0]), Array(data))
    }
  }

  private static func history(_ name: String, _ entries: [[UInt8]]) throws -> Seed {
    var run = Scorebook_V1_Run()
    run.entries = entries.map { ProtobufBytes.data($0) }
    var batch = Scorebook_V1_Batch()
    batch.runs = [run]
    return Seed(.history, name, try batch.serializedBytes())
  }

  /// What a site has recorded by itself, without what began its log.
  private static func recorded(_ seed: Int) throws -> [[UInt8]] {
    var world = try World(seed: UInt64(seed), branches: 0)
    try world.record(6, at: 0)
    let logs = try ReferenceLogs(of: world.authority).logs
    return (logs[world.authority.log] ?? []).dropFirst().map(\.bytes)
  }
}
