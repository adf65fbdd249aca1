import FeedbackLedger
import Foundation
import LedgerCore
import LedgerSchema
import LedgerSync
import SwiftProtobuf
import TestSupport
import Testing

/// What a peer's bytes may be at most: taken at the limit, refused one beyond it, with both numbers.
@Suite("Transfer limits") struct TransferLimitTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("limit.bundle")
  }

  @Test func `a frame`() throws {
    var random = SplitMix64(seed: 5)
    let limit = SyncLimits.frameBytesMax
    for (size, isTaken) in [(limit, true), (limit + 1, false)] {
      var bundle = RawBundle()
      try bundle.add(
        try Self.frame(bytes: size) { "abcdefgh".randomElement(using: &random) ?? "a" })
      try bundle.write(to: path)
      let reader = try BundleReader(path: path)
      guard !isTaken else {
        #expect(try reader.next() != nil)
        continue
      }
      #expect(throws: SyncRefusal.tooLarge(what: "frame 1", got: size, limit: limit)) {
        try reader.next()
      }
    }
  }

  @Test func `a bundle file`() throws {
    let limit = SyncLimits.bundleBytesMax
    for (size, isTaken) in [(limit, true), (limit + 1, false)] {
      try RawBundle().write(to: path)
      let handle = try FileHandle(forWritingTo: URL(filePath: path))
      // A hole: nothing is written.
      try handle.truncate(atOffset: UInt64(size))
      try handle.close()
      guard !isTaken else {
        _ = try BundleReader(path: path)
        continue
      }
      #expect(throws: SyncRefusal.tooLarge(what: "bundle", got: size, limit: limit)) {
        try BundleReader(path: path)
      }
    }
  }

  /// A stream that unpacks to exactly as much as its own size allows, and to one byte more.
  @Test func `a ratio of compression`() throws {
    func stream(_ count: Int) throws -> (file: [UInt8], packed: Int, plain: Int) {
      var bundle = RawBundle()
      let frame = try Self.frame(bytes: count) { "a" }
      try bundle.add(frame)
      let file = bundle.bytes()
      return (file, file.count - RawBundle.magic.count, count + 4)
    }
    func isBeyond(_ stream: (file: [UInt8], packed: Int, plain: Int)) -> Bool {
      stream.plain > (stream.packed + 4_096) * SyncLimits.compressionRatioMax
    }
    var low = 4_096
    var high = SyncLimits.frameBytesMax
    while high - low > 1 {
      let middle = (low + high) / 2
      if isBeyond(try stream(middle)) { high = middle } else { low = middle }
    }
    let (most, more) = (try stream(low), try stream(high))
    try #require(!isBeyond(most) && isBeyond(more) && more.packed == most.packed)
    try Data(most.file).write(to: URL(filePath: path))
    #expect(try BundleReader(path: path).next() != nil)
    try Data(more.file).write(to: URL(filePath: path))
    let reader = try BundleReader(path: path)
    #expect(throws: SyncRefusal.self) { try reader.next() }
  }

  /// As where ten thousand people have written the same.
  @Test func `what shrinks beyond any belief is written so that it is read`() throws {
    let frame = try Self.frame(bytes: SyncLimits.frameBytesMax) { "a" }
    let writer = try BundleWriter(path: path)
    for _ in 0..<40 { try writer.write(frame) }
    try writer.finish()
    let honest = 40 * SyncLimits.frameBytesMax / SyncLimits.writtenRatioMax
    #expect((honest...honest + 1_024).contains(writer.bytesWritten))
    let reader = try BundleReader(path: path)
    for _ in 0..<40 { #expect(try reader.next() == frame) }
    #expect(try reader.next() == nil)
  }

  @Test func `an unpacked body`() throws {
    var body: [UInt8] = []
    let packer = try FramePacker(.exchange, .connections) { body += $0 }
    try packer.write(try Self.frame(bytes: 5_000) { "a" })
    try packer.finish()
    #expect(try FrameUnpacker(body: body, plainBytesMax: 5_004).next() != nil)
    #expect(throws: SyncRefusal.tooLarge(what: "unpacked body", got: 5_004, limit: 5_003)) {
      try FrameUnpacker(body: body, plainBytesMax: 5_003).next()
    }
  }

  @Test func `the events of a batch, and the bytes of an event`() throws {
    let company = try Company()
    try Company.record(1, at: company.branch)
    _ = try company.branch.sync(with: company.hub)
    let forger = Forger(company.branch)
    var event = Scorebook_V1_Event()
    event.recordedUs = company.branchClock.time.microseconds
    event.ticketOpened = Scorebook_V1_TicketOpened()
    let small: [UInt8] = try event.serializedBytes()
    for (count, isTaken) in [
      (SyncLimits.batchEventsMax + 1, false), (SyncLimits.batchEventsMax, true),
    ] {
      let before = try company.hub.heads().first { $0.site == "branch" }?.head.size
      let (hello, batch) = try forger.extending(
        company.branch.log, with: Array(repeating: small, count: count))
      try Forger.bundle(hello, [batch]).write(to: path)
      guard !isTaken else {
        #expect(try company.hub.merge(bundle: path).received == count)
        continue
      }
      #expect(
        throws: SyncRefusal.tooMany(
          what: "events in a batch", got: count, limit: SyncLimits.batchEventsMax)
      ) {
        try company.hub.merge(bundle: path)
      }
      #expect(try company.hub.heads().first { $0.site == "branch" }?.head.size == before)
    }
  }

  @Test func `the bytes of an event`() throws {
    for (excess, isTaken) in [(0, true), (1, false)] {
      let company = try Company()
      try Company.record(1, at: company.branch)
      _ = try company.branch.sync(with: company.hub)
      let entry = try Self.event(bytes: EventLimits.entryBytesMax + excess, company)
      let (hello, batch) = try Forger(company.branch).extending(company.branch.log, with: [entry])
      try Forger.bundle(hello, [batch]).write(to: path)
      let report = try company.hub.merge(bundle: path)
      #expect(report.received == (isTaken ? 1 : 0))
      #expect(report.refusals.isEmpty == isTaken)
    }
  }

  @Test func `the bytes of a string in an event`() throws {
    for (excess, isTaken) in [(0, true), (1, false)] {
      let company = try Company()
      try Company.record(1, at: company.branch)
      _ = try company.branch.sync(with: company.hub)
      let long = String(repeating: "é", count: EventLimits.stringBytesMax / 2)
      // In a message within the body, where no rule of the kind looks at it.
      var event = Scorebook_V1_Event()
      event.recordedUs = company.branchClock.time.microseconds
      event.surveyResponseSubmitted.answers = [Bodies.nps(9)]
      event.surveyResponseSubmitted.answers[0].question =
        long + String(repeating: "x", count: excess)
      let entry: [UInt8] = try event.serializedBytes()
      let (hello, batch) = try Forger(company.branch).extending(company.branch.log, with: [entry])
      try Forger.bundle(hello, [batch]).write(to: path)
      let report = try company.hub.merge(bundle: path)
      #expect(report.received == (isTaken ? 1 : 0))
      #expect(
        report.refusals.contains {
          if case .undecodable(company.branch.log, _) = $0 { true } else { false }
        } == !isTaken)
      try expectSound(company.hub)
    }
  }

  @Test func `the bytes of a text`() throws {
    for (excess, isTaken) in [(0, true), (1, false)] {
      let company = try Company()
      let text = String(repeating: "x", count: EventLimits.stringBytesMax + excess)
      let draft = EventDraft(
        Bodies.response([Bodies.nps(3)]), texts: [EventDraft.Text(field: .comment, text: text)])
      let outcome = try company.branch.record([draft])[0]
      if case .recorded = outcome { #expect(isTaken) } else { #expect(!isTaken) }
    }
  }

  @Test func `the bytes of a peer's text`() throws {
    let limit = EventLimits.stringBytesMax
    for (excess, isTaken) in [(0, true), (1, false)] {
      let company = try Company()
      try Company.record(1, at: company.branch)
      _ = try company.branch.sync(with: company.hub)
      let log = company.branch.log
      var text = Scorebook_V1_DetachedText()
      text.address.log = ProtobufBytes.data(log.bytes)
      text.address.seq = try company.branch.holdings().clock[log] + 1
      text.salt = ProtobufBytes.data([UInt8](repeating: 7, count: 16))
      text.bytes = ProtobufBytes.data([UInt8](repeating: 0x78, count: limit + excess))
      var detached = Scorebook_V1_Detached()
      detached.field = .comment
      detached.commitment = ProtobufBytes.data(
        TextCommitments.digest(
          salt: ProtobufBytes.array(text.salt), bytes: ProtobufBytes.array(text.bytes)
        ).bytes)
      var event = Scorebook_V1_Event()
      event.recordedUs = company.branchClock.time.microseconds
      event.detached = [detached]
      event.ticketOpened = Scorebook_V1_TicketOpened()
      var (hello, batch) = try Forger(company.branch).extending(
        log, with: [try event.serializedBytes()])
      batch.texts = [text]
      try Forger.bundle(hello, [batch]).write(to: path)
      let report = try company.hub.merge(bundle: path)
      #expect(report.received == 1)
      #expect(report.texts == (isTaken ? 1 : 0))
      let what = "text 0 of entry \(text.address.seq) of log \(log)"
      #expect(
        report.refusals
          == (isTaken ? [] : [.tooLarge(what: what, got: limit + 1, limit: limit)]))
    }
  }

  @Test func `texts asked for, and heads of a question`() throws {
    let company = try Company()
    var address = Scorebook_V1_TextAddress()
    address.log = ProtobufBytes.data(company.hub.log.bytes)
    address.seq = 1
    let most = Array(repeating: address, count: SyncLimits.missingTextsMax)
    try company.hub.forEachBatch(ofTexts: most, for: .anyone) { _ in }
    #expect(throws: SyncRefusal.tooMany(what: "texts asked for", got: 4_097, limit: 4_096)) {
      try company.hub.forEachBatch(ofTexts: most + [address], for: .anyone) { _ in }
    }
    var question = Scorebook_V1_ForkQuestion()
    question.log = ProtobufBytes.data(company.hub.log.bytes)
    var head = Scorebook_V1_Head()
    head.log = question.log
    question.heads = (1...SyncLimits.forkHeadsMax).map {
      head.size = UInt64($0)
      return head
    }
    _ = try company.hub.answers(to: [question])
    question.heads.append(head)
    #expect(throws: SyncRefusal.tooMany(what: "heads in a question", got: 65, limit: 64)) {
      try company.hub.answers(to: [question])
    }
  }

  @Test func `an invitation and a file of evidence`() throws {
    let company = try Company()
    let text = try company.hub.invite("x").text
    let room = HandoverLimits.invitationBytesMax - text.utf8.count
    let padding = String(repeating: "\n", count: room)
    #expect(try InvitationFile(text: text + padding).site == "x")
    #expect(throws: LedgerError.self) { try InvitationFile(text: text + padding + "\n") }
    let most = Data(count: HandoverLimits.evidenceBytesMax)
    #expect(throws: EvidenceRefusal.otherFormat) { try EvidenceFile(checking: most) }
    #expect(throws: EvidenceRefusal.tooLong(limit: HandoverLimits.evidenceBytesMax)) {
      try EvidenceFile(checking: most + [0])
    }
  }

  @Test func `the labels and answers of an event, and any string`() throws {
    let ledger = try Company().hub
    func draft(labels: Int, bytes: Int = 1) -> EventDraft {
      var draft = EventDraft(Bodies.response([Bodies.nps(9)]))
      for number in 0..<labels {
        draft.labels["k\(number)"] = String(repeating: "v", count: bytes)
      }
      return draft
    }
    func isRecorded(_ draft: EventDraft) throws -> Bool {
      guard case .recorded = try ledger.record([draft])[0] else { return false }
      return true
    }
    #expect(try isRecorded(draft(labels: EventLimits.labelsMax)))
    #expect(try !isRecorded(draft(labels: EventLimits.labelsMax + 1)))
    #expect(try isRecorded(draft(labels: 1, bytes: EventLimits.stringBytesMax)))
    #expect(try !isRecorded(draft(labels: 1, bytes: EventLimits.stringBytesMax + 1)))
    func answers(_ count: Int) -> EventDraft {
      EventDraft(
        Bodies.response(
          (0..<count).map {
            var answer = Bodies.nps(9)
            answer.question = "q\($0)"
            return answer
          }))
    }
    #expect(try isRecorded(answers(EventLimits.answersMax)))
    #expect(try !isRecorded(answers(EventLimits.answersMax + 1)))
  }

  /// A frame of exactly so many bytes.
  private static func frame(
    bytes: Int, _ next: () -> Character
  ) throws -> Scorebook_V1_Frame {
    var frame = Scorebook_V1_Frame()
    frame.refusal.text = String((0..<bytes - 16).map { _ in next() })
    let excess = bytes - (try frame.serializedData()).count
    frame.refusal.text += String((0..<excess).map { _ in next() })
    try #require(try frame.serializedData().count == bytes)
    return frame
  }

  /// A ticket of exactly so many bytes.
  private static func event(bytes: Int, _ company: Company) throws -> [UInt8] {
    var event = Scorebook_V1_Event()
    event.recordedUs = company.branchClock.time.microseconds
    event.ticketOpened = Scorebook_V1_TicketOpened()
    for number in 0...bytes / 60_000 {
      var label = Scorebook_V1_Label()
      label.key = "k\(number)"
      let rest = bytes - 64 - (try event.serializedData()).count
      label.value = String(repeating: "v", count: min(rest, 60_000))
      event.labels.append(label)
    }
    let excess = bytes - (try event.serializedData()).count
    event.labels[event.labels.count - 1].value += String(repeating: "v", count: excess)
    try #require(try event.serializedData().count == bytes)
    return try event.serializedBytes()
  }
}
