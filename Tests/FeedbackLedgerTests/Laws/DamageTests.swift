import FeedbackLedger
import Foundation
import LedgerCore
import LedgerSchema
import LedgerStore
import LedgerSync
import SwiftProtobuf
import TestSupport
import Testing

/// Law 8: every flipped byte of an entry, a head, a note, a proof, a text or a bundle is found or refused.
@Suite struct `Law 8` {
  /// Where the canonical part of a file keeps bytes that mean something.
  private static let columns = [
    ("entry", "bytes"), ("checkpoint", "root"), ("checkpoint", "note"), ("detached", "salt"),
    ("detached", "bytes"),
  ]

  @Test(arguments: Seeds.all)
  func `a flipped byte in the file is found by verify, and named`(seed: UInt64) throws {
    var world = try World(seed: seed, branches: 1)
    var draft = EventDraft(Bodies.response([Bodies.nps(9)]))
    draft.texts = [EventDraft.Text(field: .comment, text: "so it was")]
    _ = try world.ledgers[1].record([draft])
    try world.run(steps: 8)
    try world.converge()
    let ledger = world.authority
    #expect(try ledger.verify().findings.isEmpty)
    for (table, column) in Self.columns {
      for _ in 0..<2 {
        let (log, undo) = try flip(column, of: table, in: ledger, using: &world.random)
        let findings = try ledger.verify().findings
        #expect(
          findings.contains { "\($0)".contains(log.description) }, "\(table).\(column): \(findings)"
        )
        try undo()
        #expect(try ledger.verify().findings.isEmpty, "\(table).\(column) restored")
      }
    }
  }

  /// Of a log that is held in part, its signed head covers what comes yet.
  @Test(arguments: Seeds.all)
  func `a flipped bit of a proof that leads to a longer head is found by verify, and named`(
    seed: UInt64
  ) throws {
    var random = SplitMix64(seed: seed)
    let company = try Company()
    try Company.record(Int.random(in: 20...60, using: &random), at: company.branch)
    let cutter = try BatchCutter(
      from: company.branch, to: company.hub, eventsMax: 8, using: &random)
    let receiver = try SyncReceiver(company.hub, session: cutter.session)
    for batch in cutter.batches.dropLast() { try receiver.receive(batch) }
    let store = company.hub.store
    #expect(try company.hub.verify().findings.isEmpty)
    let held = try store.texts(
      "SELECT hex(consistency) FROM checkpoint WHERE length(consistency) > 0")
    let text = try #require(held.first)
    let proof = try #require([UInt8](hexadecimal: text))
    func set(_ bytes: [UInt8]) throws {
      try store.run(
        """
        UPDATE checkpoint SET consistency = x'\(bytes.hexadecimal)' WHERE length(consistency) > 0
        """)
      store.dropCache()
    }
    for _ in 0..<10 {
      var damaged = proof
      damaged[Int.random(in: proof.indices, using: &random)] ^=
        1 << UInt8.random(in: 0..<8, using: &random)
      try set(damaged)
      let findings = try company.hub.verify().findings
      #expect(
        findings.contains {
          guard case .signedHead(company.branch.log, _, _) = $0 else { return false }
          return true
        }, "\(findings)")
    }
    try set(proof)
    #expect(try company.hub.verify().findings.isEmpty)
  }

  /// Another log's audit needs them too, to look what it had observed.
  @Test func `entries whose lengths are damaged are found by verify, and named`() throws {
    let company = try Company()
    let (hub, branch) = (company.hub, company.branch)
    // Each time they meet, the branch's log grows by a row, and head office observes how far it is.
    for _ in 0..<3 {
      try Company.record(1, at: branch)
      _ = try branch.sync(with: hub)
      try Company.record(1, at: hub)
    }
    #expect(try hub.verify().findings.isEmpty)
    let held = try hub.store.read { _, state in state.log(branch.log) }
    let log = try #require(held).number
    try hub.store.run("DROP TRIGGER entry_is_never_updated")
    try hub.store.run(
      """
      UPDATE entry SET bytes = CAST(x'FF' || substr(bytes, 2) AS BLOB) WHERE log = \(log)
      AND seq = (SELECT seq FROM entry WHERE log = \(log) ORDER BY seq DESC LIMIT 1 OFFSET 1)
      """)
    hub.store.dropCache()
    let findings = try hub.verify().findings
    #expect(
      findings.contains {
        guard case .missingEntry(let address) = $0 else { return false }
        return address.log == branch.log
      }, "\(findings)")
  }

  /// No signature, stamp, text or view covers it: only the root of the log does.
  @Test func `a change that no score shows, after the last signed head, is found by verify`() throws
  {
    let ledger = try Ledger.create(at: nil, site: "head office")
    var draft = EventDraft(Bodies.response([Bodies.nps(9)]))
    var clerk = Scorebook_V1_Actor()
    clerk.id = "clerk 1"
    draft.actor = clerk
    _ = try ledger.record([draft])
    #expect(try ledger.verify().findings.isEmpty)
    let triggers = try ledger.store.texts(
      "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'entry_is_never_%'")
    for trigger in triggers { try ledger.store.run("DROP TRIGGER \(trigger)") }
    let (said, altered) = (Array("clerk 1".utf8).hexadecimal, Array("clerk 2".utf8).hexadecimal)
    let entry = try #require(
      try ledger.store.texts("SELECT lower(hex(bytes)) FROM entry").first { $0.contains(said) })
    let forged = entry.replacing(said, with: altered)
    try ledger.store.run("UPDATE entry SET bytes = x'\(forged)' WHERE bytes = x'\(entry)'")
    ledger.store.dropCache()
    let findings = try ledger.verify().findings
    #expect(
      findings.contains {
        guard case .root(ledger.log, _) = $0 else { return false }
        return true
      }, "\(findings)")
  }

  @Test(arguments: Seeds.all.prefix(5))
  func `a changed row of a derived table is found by verify, and a rebuild mends it`(seed: UInt64)
    throws
  {
    var world = try World(seed: seed)
    try world.run(steps: 15)
    try world.converge()
    let ledger = world.authority
    for sql in [
      "UPDATE counter SET cells = CAST(cells || x'0202' AS BLOB)", "DELETE FROM counter",
      "UPDATE change_tail SET changes = CAST(changes || changes AS BLOB)",
      "UPDATE tail SET row = zeroblob(length(row))", "DELETE FROM item",
    ] {
      try ledger.store.run(sql)
      let findings = try ledger.verify().findings
      #expect(!findings.isEmpty, "\(sql)")
      try ledger.rebuild()
      #expect(try ledger.verify().findings.isEmpty, "\(sql)")
    }
  }

  @Test func `every byte of a bundle, flipped, is refused or of no consequence`() throws {
    let company = try Company()
    let path = company.folder.path("small.bundle")
    var receivers = try Receivers(company)
    try Company.record(2, at: company.branch)
    _ = try company.branch.bundle(to: path, for: receivers.clock)
    let bytes = Array(try Data(contentsOf: URL(filePath: path)))
    let expected = try receivers.merge(path)
    #expect(!expected.isRefused && expected.heads != receivers.before)
    var harmless = 0
    var random = SplitMix64(seed: 8)
    for place in bytes.indices {
      var damaged = bytes
      damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      try Data(damaged).write(to: URL(filePath: path))
      let found = try receivers.merge(path)
      // Never anything but what the sites signed, or less of it.
      #expect([expected.heads, receivers.before].contains(found.heads), "byte \(place)")
      guard !found.isRefused else { continue }
      harmless += 1
      #expect(found.heads == expected.heads, "byte \(place)")
    }
    // The size of the decompressor's window may be stated larger without any other effect.
    #expect(harmless <= 2, "\(harmless) of \(bytes.count)")
  }

  /// No checksum of the compressed stream stands before the entries, heads, signatures and proofs here.
  @Test(arguments: Seeds.all)
  func `a bit of a bundle, flipped behind its checksum, is refused or of no consequence`(
    seed: UInt64
  ) throws {
    var random = SplitMix64(seed: seed)
    let company = try Company()
    var receivers = try Receivers(company)
    try Company.record(Int.random(in: 1...3, using: &random), at: company.branch)
    let path = company.folder.path("plain.bundle")
    _ = try company.branch.bundle(to: path, for: receivers.clock)
    let plain = try Self.frames(of: path)
    for _ in 0..<10 {
      let place = Int.random(in: plain.indices, using: &random)
      var damaged = plain
      damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      try RawBundle(plain: damaged).write(to: path)
      let found = try receivers.merge(path)
      try RawBundle(plain: plain).write(to: path)
      let expected = try receivers.merge(path)
      #expect([expected.heads, receivers.before].contains(found.heads), "byte \(place)")
      #expect(found.isRefused || found.heads == expected.heads, "byte \(place)")
      #expect(found.findings.isEmpty, "byte \(place)")
    }
  }

  /// The frames of a bundle as they stand before they are compressed.
  private static func frames(of path: String) throws -> [UInt8] {
    let reader = try BundleReader(path: path)
    var bytes: [UInt8] = []
    while let frame = try reader.next() {
      let message: [UInt8] = try frame.serializedBytes()
      bytes += [UInt8](bigEndian: UInt64(message.count)).suffix(4) + message
    }
    return bytes
  }

  /// Flips one bit of one value, behind the triggers' back.
  private func flip(
    _ column: String, of table: String, in ledger: Ledger, using random: inout SplitMix64
  ) throws -> (log: LogID, undo: () throws -> Void) {
    let triggers = ["updated", "deleted", "replaced"].map { "entry_is_never_\($0)" }
    let texts = try ledger.store.texts(
      "SELECT sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name")
    let count = Int(try ledger.store.texts("SELECT count(*) FROM \(table)")[0]) ?? 0
    let row = Int.random(in: 0..<count, using: &random)
    let keys = table == "checkpoint" ? "log" : table == "entry" ? "log, seq" : "log, seq, ordinal"
    let first = "SELECT \(keys) FROM \(table) ORDER BY \(keys) LIMIT 1 OFFSET \(row)"
    let value = try ledger.store.texts(
      "SELECT hex(\(column)) FROM \(table) WHERE (\(keys)) = (\(first))")[0]
    let bytes = try #require([UInt8](hexadecimal: value))
    var damaged = bytes
    let place = Int.random(in: damaged.indices, using: &random)
    // A note is text: the lowest bit keeps it one.
    damaged[place] ^= column == "note" ? 1 : 1 << UInt8.random(in: 0..<8, using: &random)
    func set(_ bytes: [UInt8]) throws {
      for trigger in triggers { try ledger.store.run("DROP TRIGGER \(trigger)") }
      let literal = "x'\(bytes.hexadecimal)'"
      let value = column == "note" ? "CAST(\(literal) AS TEXT)" : literal
      try ledger.store.run(
        "UPDATE \(table) SET \(column) = \(value) WHERE (\(keys)) = (\(first))")
      for text in texts { try ledger.store.run(text) }
      ledger.store.dropCache()
    }
    let number = try ledger.store.texts("SELECT log FROM (\(first))")[0]
    let log = try ledger.store.read { _, state in
      try state.log(numbered: try #require(Int64(number))).id
    }
    try set(damaged)
    return (log, { try set(bytes) })
  }
}

/// A ledger that takes each bundle as if it were the first one after the same beginning.
private struct Receivers {
  private let invitation: InvitationFile
  private let beginning: String
  private var ledger: Ledger?
  /// What it holds of others before any bundle.
  private(set) var before: [Head] = []

  init(_ company: Company) throws {
    invitation = try company.hub.invite("receiver")
    beginning = company.folder.path("beginning.bundle")
    _ = try company.branch.bundle(to: beginning)
    _ = try fresh()
  }

  var clock: VectorClock { VectorClock(before.map { Address(log: $0.log, seq: $0.size) }) }

  mutating func merge(
    _ path: String
  ) throws -> (heads: [Head], isRefused: Bool, findings: [VerificationFinding]) {
    let ledger = try fresh()
    var isRefused = true
    if let report = try? ledger.merge(bundle: path) { isRefused = !report.refusals.isEmpty }
    let heads = try Self.heads(of: ledger)
    if heads == before { return (heads, isRefused, []) }
    self.ledger = nil
    return (heads, isRefused, try ledger.verify().findings)
  }

  /// Made again only when a bundle has changed it.
  private mutating func fresh() throws -> Ledger {
    if let ledger { return ledger }
    let made = try Ledger.create(at: nil, site: "receiver", invitation: invitation)
    _ = try made.merge(bundle: beginning)
    before = try Self.heads(of: made)
    ledger = made
    return made
  }

  private static func heads(of ledger: Ledger) throws -> [Head] {
    try ledger.store.read { $1.heads }.filter { $0.log != ledger.log }
  }
}
