import FeedbackLedger
import Foundation
import LedgerCore
import LedgerSchema
import LedgerStore
import LedgerSync
import SwiftProtobuf
import TestSupport
import Testing

/// Scenario 22: what a bundle can be made to say. Each is refused with its reason and place, and the ledger is as it
/// was.
@Suite struct `Scenarios of hostile bundles` {
  private let company: Company
  private let forger: Forger
  private let path: String

  init() throws {
    company = try Company()
    try Company.record(2, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    forger = Forger(company.branch)
    path = company.folder.path("hostile.bundle")
  }

  @Test func `scenario 22: a claim of 2^60 events`() throws {
    let entry = try event(labels: [])
    var (hello, batch) = try forger.extending(company.branch.log, with: [entry])
    hello.heads[hello.heads.count - 1].head.size = 1 << 60
    try Forger.bundle(hello, [batch]).write(to: path)
    try expectRefusedInReport("no prefix of the signed one")
    batch.runs[0].firstSeq = 1 << 60
    try Forger.bundle(try forger.hello(), [batch]).write(to: path)
    try expectRefused("a run without log, seq or entries")
    try Forger.bundle(try forger.hello(), [], claiming: 1 << 60).write(to: path)
    try expectRefused("claims 1152921504606846976 events and holds 0")
  }

  /// It costs nothing to write, and a ledger that believed it would begin another log each time.
  @Test func `scenario 23: a bundle that names its reader as its maker`() throws {
    let log = company.hub.log
    var hello = try forger.hello()
    hello.log = ProtobufBytes.data(log.bytes)
    hello.heads = []
    try Forger.bundle(hello, []).write(to: path)
    #expect(try company.hub.merge(bundle: path).successions == [])
    let head = try #require(try company.hub.holdings().heads.first { $0.log == log }).head
    let forged = try forger.head(of: log, size: head.size, root: MerkleTree.leafHash([1]))
    hello.heads = [forged.message]
    try Forger.bundle(hello, []).write(to: path)
    _ = try? company.hub.merge(bundle: path)
    #expect(company.hub.log == log)
    try expectSound(company.hub)
  }

  @Test func `scenario 22: a run of a held log without entries`() throws {
    var (hello, batch) = try forger.extending(company.branch.log, with: [])
    for seq: UInt64 in [1, 2] {
      batch.runs[0].firstSeq = seq
      try Forger.bundle(hello, [batch]).write(to: path)
      try expectRefused("a run without log, seq or entries")
    }
    hello.heads = []
    try Forger.bundle(hello, [batch]).write(to: path)
    try expectRefused("a run without log, seq or entries")
  }

  /// With entries that are held nothing new is proven, so nothing new is kept.
  @Test func `scenario 22: a false head beside entries that are held`() throws {
    let log = company.branch.log
    let held = try #require(try ReferenceLogs(of: company.hub).logs[log])
    let head = try #require(try company.hub.holdings().heads.first { $0.log == log })
    let other = try forger.head(of: company.hub.log, size: head.head.size, root: head.head.root)
    let stranger = PromisedHead(
      log: log, chain: HeadChain(signed: head.head.size, root: head.head.root, note: other.note))
    let hello = try forger.hello(with: stranger)
    try Forger.bundle(hello, [Forger.batch(log, from: 1, held.map(\.bytes))]).write(to: path)
    #expect(try company.hub.merge(bundle: path).received == 0)
    #expect(try company.hub.holdings().heads.first { $0.log == log }?.note == head.note)
    try expectSound(company.hub)
  }

  /// Its writer can prove it: what stands to the right of what it has written, it makes up.
  @Test func `scenario 22: a signed head of 2^63 entries`() throws {
    let log = company.branch.log
    let held = UInt64(try #require(try ReferenceLogs(of: company.branch).logs[log]).count)
    let entries = try (held..<16).map { _ in try event(labels: []) }
    let (hello, batch) = try forger.extending(log, with: entries)
    let honest = try #require(hello.heads.map { try PromisedHead($0) }.first { $0.log == log })
    #expect(honest.head.size == 16)
    let sibling = MerkleTree.leafHash([1])
    let proof = [Digest256](repeating: sibling, count: 63 - 4)
    let root = proof.reduce(honest.head.root) { MerkleTree.nodeHash($0, $1) }
    let signed = try forger.head(of: log, size: 1 << 63, root: root)
    let step = HeadChain.Step(size: 16, root: honest.head.root, consistency: proof)
    let promise = PromisedHead(log: log, chain: HeadChain(steps: [step], note: signed.note))
    try Forger.bundle(try forger.hello(with: promise), [batch]).write(to: path)
    try expectRefusedInReport("more entries than a log may have")
  }

  @Test func `scenario 22: a frame of 4 GiB`() throws {
    var bundle = RawBundle()
    bundle.add(claimedLength: .max)
    bundle.add(plain: [UInt8](repeating: 0, count: 1 << 20))
    try bundle.write(to: path)
    try expectRefused("frame 1", "4294967295", "1048576")
  }

  @Test func `scenario 22: a bomb of 1 GiB in half a megabyte`() throws {
    var frame = Scorebook_V1_Frame()
    frame.hello = try forger.hello()
    var bundle = RawBundle()
    try bundle.add(frame)
    frame.batch = Scorebook_V1_Batch()
    var text = Scorebook_V1_DetachedText()
    text.bytes = ProtobufBytes.data([UInt8](repeating: 0, count: 1_000_000))
    frame.batch.texts = [text]
    try bundle.add(frame, times: 1_074)
    #expect(bundle.bytes().count < 1_500_000)
    try bundle.write(to: path)
    try expectRefused("unpacked bundle")
  }

  @Test func `scenario 22: a frame of nothing but zeros`() throws {
    var bundle = RawBundle()
    bundle.add(claimedLength: 1 << 10)
    bundle.add(plain: [UInt8](repeating: 0, count: 1 << 10))
    try bundle.write(to: path)
    try expectRefused("no message", "frame 1, at byte 0")
  }

  @Test func `scenario 22: a bundle that ends anywhere but at its end`() throws {
    try Company.record(3, at: company.branch)
    let whole = company.folder.path("whole.bundle")
    _ = try company.branch.bundle(to: whole, for: try company.hub.clockHeld())
    let bytes = try Data(contentsOf: URL(filePath: whole))
    let before = try company.hub.heads().map(\.head)
    // The last frame says that there are no more: everywhere around it.
    let last = bytes.count - 64
    for count in Array(stride(from: 0, to: last, by: 7)) + Array(last..<bytes.count) {
      try bytes.prefix(count).write(to: URL(filePath: path))
      let refusal = #expect(throws: SyncRefusal.self) { try company.hub.merge(bundle: path) }
      guard case .malformed(let problem) = refusal else {
        Issue.record("\(count) bytes: \(String(describing: refusal))")
        return
      }
      #expect(problem.contains("frame") || problem.contains("begin") || problem.contains("early"))
    }
    // Whole batches that came before the end are in, each proven by itself; what is held is a prefix.
    let sizes = try company.hub.heads().map(\.head.size)
    #expect(zip(sizes, before.map(\.size)).allSatisfy { $0 >= $1 })
    _ = try company.hub.merge(bundle: whole)
    #expect(try Company.answers(at: company.hub) == 5)
    try expectSound(company.hub)
  }

  @Test func `scenario 22: a bundle whose maker left out its end`() throws {
    try Company.record(1, at: company.branch)
    let entry = try #require(try ReferenceLogs(of: company.branch).logs[company.branch.log]?.last)
    var frame = Scorebook_V1_Frame()
    var bundle = RawBundle()
    frame.hello = try forger.hello()
    try bundle.add(frame)
    frame.batch = Forger.batch(company.branch.log, from: entry.address.seq, [entry.bytes])
    try bundle.add(frame)
    try bundle.write(to: path)
    #expect(throws: SyncRefusal.malformed("a bundle that ends early")) {
      try company.hub.merge(bundle: path)
    }
    try expectSound(company.hub)
  }

  @Test func `scenario 22: a site by the name of a path`() throws {
    for name in ["../../etc/passwd", "..", "a/b", "a\u{0}b", "a\nb", "\u{1B}[2J"] {
      #expect(throws: LedgerError.badSiteName(name)) { try company.hub.invite(name) }
      #expect(throws: LedgerError.badSiteName(name)) {
        try Ledger.create(at: nil, site: name)
      }
    }
    // A peer may call itself anything: no file is named after it.
    let files = try FileManager.default.contentsOfDirectory(atPath: company.folder.path(""))
    var hello = try forger.hello()
    hello.site = "../../escaped"
    try Forger.bundle(hello, []).write(to: path)
    _ = try company.hub.merge(bundle: path)
    let after = try FileManager.default.contentsOfDirectory(atPath: company.folder.path(""))
    #expect(Set(after) == Set(files).union(["hostile.bundle"]))
  }

  @Test func `scenario 22: invalid UTF-8, and a NUL in a label, in entries that are signed for`()
    throws
  {
    var invalid = try event(labels: [("k", "vvvv")])
    let place = try #require(invalid.firstIndex(of: UInt8(ascii: "v")))
    invalid[place] = 0xFF
    for entry in [invalid, try event(labels: [("team", "a\u{0}b")]), [0xFF, 0xFF, 0xFF]] {
      let good = try event(labels: [("team", "ok")])
      let (hello, batch) = try forger.extending(company.branch.log, with: [good, entry])
      try Forger.bundle(hello, [batch]).write(to: path)
      let seq = batch.runs[0].firstSeq + 1
      try expectRefusedInReport("undecodable", "seq: \(seq)")
    }
  }

  @Test func `scenario 22: an event of 2 MB, and one just above the limit`() throws {
    let large = try event(labels: [("k", String(repeating: "v", count: EventLimits.entryBytesMax))])
    var (hello, batch) = try forger.extending(company.branch.log, with: [large])
    try Forger.bundle(hello, [batch]).write(to: path)
    try expectRefusedInReport("entry \(batch.runs[0].firstSeq)", "\(EventLimits.entryBytesMax)")
    (hello, batch) = try forger.extending(
      company.branch.log, with: [try event(labels: [("k", String(repeating: "v", count: 2 << 20))])]
    )
    try Forger.bundle(hello, [batch]).write(to: path)
    try expectRefused("frame 2", "1048576")
  }

  @Test func `scenario 22: hostile bytes where a bundle should be`() throws {
    var random = SplitMix64(seed: 22)
    for count in [0, 1, 18, 19, 20, 400] {
      let noise = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      try Data(noise).write(to: URL(filePath: path))
      try expectRefused("begin like a bundle")
      try Data(RawBundle.magic + noise).write(to: URL(filePath: path))
      try expectRefused("frame 1")
    }
    // A length, and then bytes that are no message.
    var bundle = RawBundle()
    bundle.add(plain: [0, 0, 0, 4, 0xFF, 0xFF, 0xFF, 0xFF])
    try bundle.write(to: path)
    try expectRefused("frame 1")
  }

  @Test func `scenario 22: a text that its entry does not commit to`() throws {
    let log = company.branch.log
    var draft = EventDraft(Bodies.response([Bodies.nps(3)]))
    draft.texts = [EventDraft.Text(field: .comment, text: "the queue was long")]
    guard case .recorded(let address) = try company.branch.record([draft])[0] else {
      Issue.record("not recorded")
      return
    }
    let entry = try #require(try ReferenceLogs(of: company.branch).logs[log]?.last)
    var batch = Forger.batch(log, from: address.seq, [entry.bytes])
    var text = Scorebook_V1_DetachedText()
    text.address.log = ProtobufBytes.data(log.bytes)
    text.address.seq = address.seq
    text.salt = ProtobufBytes.data([UInt8](repeating: 7, count: 16))
    text.bytes = ProtobufBytes.data(Array("the queue was short".utf8))
    batch.texts = [text]
    try Forger.bundle(try forger.hello(), [batch]).write(to: path)
    let report = try company.hub.merge(bundle: path)
    #expect(report.refusals == [.textMismatch(log: log, seq: address.seq)])
    #expect(report.received == 1)
    #expect(try company.hub.verify().texts == 0)
    // What was not taken is asked for again.
    _ = try company.branch.sync(with: company.hub)
    #expect(try company.hub.verify().texts == 1)
    try expectSound(company.hub)
  }

  @Test func `scenario 22: a text that has changed where it lay harms nothing but itself`() throws {
    let log = company.branch.log
    let drafts = ["the queue was long", "the queue was short"].map { text in
      EventDraft(
        Bodies.response([Bodies.nps(3)]), texts: [EventDraft.Text(field: .comment, text: text)])
    }
    guard case .recorded(let address) = try company.branch.record(drafts)[0] else {
      Issue.record("not recorded")
      return
    }
    try company.branch.store.write { appender in
      try RawStatement(
        appender.connection,
        "UPDATE detached SET bytes = CAST('the queue was lost' AS BLOB) WHERE seq = \(address.seq)"
      ).run()
    }
    _ = try company.branch.bundle(to: path)
    let report = try company.hub.merge(bundle: path)
    #expect(report.refusals == [.textMismatch(log: log, seq: address.seq)])
    #expect(report.received == 2)
    #expect(try company.hub.verify().texts == 1)
    try expectSound(company.hub)
  }

  private func event(labels: [(String, String)]) throws -> [UInt8] {
    var event = Scorebook_V1_Event()
    event.recordedUs = WallClock.start.microseconds
    event.ticketOpened = .init()
    event.labels = labels.map { key, value in
      var label = Scorebook_V1_Label()
      label.key = key
      label.value = value
      return label
    }
    return try event.serializedBytes()
  }

  /// The bundle as a whole is refused, in words that hold all of these.
  private func expectRefused(
    _ words: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = try company.hub.store.read { ($1.heads, $1.lastPosition) }
    let refusal = #expect(throws: SyncRefusal.self, sourceLocation: sourceLocation) {
      try company.hub.merge(bundle: path)
    }
    let said = refusal.map { String(describing: $0) } ?? ""
    for word in words { #expect(said.contains(word), sourceLocation: sourceLocation) }
    let after = try company.hub.store.read { ($1.heads, $1.lastPosition) }
    #expect(before == after, sourceLocation: sourceLocation)
    try expectSound(company.hub)
  }

  /// One log of the bundle is refused; the report says so.
  private func expectRefusedInReport(
    _ words: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = try company.hub.store.read { ($1.heads, $1.lastPosition) }
    let report = try company.hub.merge(bundle: path)
    #expect(report.refusals.count == 1, sourceLocation: sourceLocation)
    #expect(report.received == 0, sourceLocation: sourceLocation)
    let said = report.refusals.map { String(describing: $0) }.joined()
    for word in words { #expect(said.contains(word), "\(said)", sourceLocation: sourceLocation) }
    let after = try company.hub.store.read { ($1.heads, $1.lastPosition) }
    #expect(before == after, sourceLocation: sourceLocation)
    try expectSound(company.hub)
  }
}

extension Ledger {
  fileprivate func clockHeld() throws -> VectorClock {
    VectorClock(try heads().map { Address(log: $0.head.log, seq: $0.head.size) })
  }
}
