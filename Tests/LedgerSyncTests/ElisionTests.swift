import LedgerCore
import LedgerSchema
import LedgerSync
import TestSupport
import Testing

/// What is left out of a frame on the way is put back as it was, and nothing is left out that could not be.
@Suite struct ElisionTests {
  private static let log = LogID(high: 5, low: 5)
  private static let unplaced = SyncRefusal.malformed(
    "a text that stands for a commitment which is not there")

  @Test(arguments: Seeds.all)
  func `a batch comes back as it was, and its commitments do not travel`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let batch = try batch(&random)
    let elided = frame(batch).elided(.commitments)
    #expect(try elided.restored() == frame(batch))
    #expect(elided.batch.texts.allSatisfy { $0.elided })
    let bytes = elided.batch.runs.flatMap(\.entries).map { Array($0) }
    for text in batch.texts {
      let commitment = commitment(text)
      #expect(!bytes.contains { $0.contains(commitment) })
    }
  }

  @Test(arguments: Seeds.all)
  func `a text that its entry does not commit to stays beside a whole entry`(
    seed: UInt64
  ) throws {
    var random = SplitMix64(seed: seed)
    var batch = try batch(&random)
    let index = Int.random(in: batch.texts.indices, using: &random)
    switch random.next() % 5 {
    case 0: batch.texts[index].bytes.append(0)
    case 1: batch.texts[index].address.ordinal += 1_000
    case 2: batch.texts[index].address.seq = .max
    case 3: batch.texts[index].encoding = 256
    default: batch.texts.append(batch.texts[index])
    }
    let elided = frame(batch).elided(.commitments)
    #expect(try elided.restored() == frame(batch))
    #expect(elided.batch.texts.count { !$0.elided } == 1)
  }

  @Test(arguments: Seeds.all)
  func `a text that stands for a commitment which is not there is refused`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let whole = try batch(&random)
    var batch = frame(whole).elided(.commitments).batch
    let index = Int.random(in: batch.texts.indices, using: &random)
    switch random.next() % 6 {
    case 0: batch.texts[index].address.ordinal = .max
    case 1: batch.texts[index].address.seq = .max
    case 2: batch.texts[index].address.log = ProtobufBytes.data([1])
    case 3: batch.texts.append(batch.texts[index])
    case 4: batch.texts[index].encoding = .max
    default: batch.runs = whole.runs
    }
    #expect(throws: Self.unplaced) { try frame(batch).restored() }
  }

  @Test(arguments: Seeds.all)
  func `changed bytes never come back as a frame that is elided, and end nothing`(
    seed: UInt64
  ) throws {
    var random = SplitMix64(seed: seed)
    let elided = frame(try batch(&random)).elided(.commitments).batch
    for _ in 0..<50 {
      var batch = elided
      let run = Int.random(in: batch.runs.indices, using: &random)
      let entry = Int.random(in: batch.runs[run].entries.indices, using: &random)
      var bytes = ProtobufBytes.array(batch.runs[run].entries[entry])
      let place = Int.random(in: bytes.indices, using: &random)
      if Bool.random(using: &random) {
        bytes.removeSubrange(place...)
      } else {
        bytes[place] = UInt8.random(in: .min ... .max, using: &random)
      }
      batch.runs[run].entries[entry] = ProtobufBytes.data(bytes)
      guard let restored = try? frame(batch).restored() else { continue }
      #expect(restored.batch.texts.allSatisfy { !$0.elided })
    }
  }

  @Test func `a long text stays beside a whole entry`() throws {
    var random = SplitMix64(seed: 1)
    for (count, isElided) in [(512, true), (513, false)] {
      let batch = try batch(&random, textBytes: count...count)
      let elided = frame(batch).elided(.commitments)
      #expect(elided.batch.texts.allSatisfy { $0.elided == isElided })
      #expect(try elided.restored() == frame(batch))
    }
  }

  @Test func `of an entry that is there twice one is left as it is`() throws {
    var random = SplitMix64(seed: 2)
    var batch = try batch(&random)
    batch.runs.append(batch.runs[0])
    let elided = frame(batch).elided(.commitments)
    #expect(elided.batch.runs[2] == batch.runs[0])
    #expect(try elided.restored() == frame(batch))
  }

  @Test func `an entry with some of its texts keeps the commitments to the others`() throws {
    var random = SplitMix64(seed: 3)
    var batch = try batch(&random)
    let commitments = batch.texts.map { commitment($0) }
    batch.texts = batch.texts.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
    let elided = frame(batch).elided(.commitments)
    let bytes = elided.batch.runs.flatMap(\.entries).map { Array($0) }
    for (index, commitment) in commitments.enumerated() {
      #expect(bytes.contains { $0.contains(commitment) } == !index.isMultiple(of: 2))
    }
    #expect(try elided.restored() == frame(batch))
  }

  @Test func `nothing is left out where nothing shall be`() throws {
    var random = SplitMix64(seed: 4)
    let whole = frame(try batch(&random))
    #expect(whole.elided([]) == whole)
    #expect(whole.elided(.files) == whole.elided(.connections))
  }

  @Test func `each version leaves out what it knows of`() {
    #expect(Elision.connections(version: 1) == [])
    #expect(Elision.connections(version: 2) == [.commitments, .heads])
    #expect(Elision.connections(version: 3) == .connections)
  }

  @Test(arguments: Seeds.all)
  func `whatever is left out of a batch at once comes back`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let whole = frame(try batch(&random, entries: 200))
    let elided = whole.elided(.connections)
    #expect(elided.batch.columns.map(\.run) == [0, 1])
    #expect(elided.batch.texts.allSatisfy { $0.elided })
    #expect(try elided.restored() == whole)
  }

  @Test func `a head is left out where its checkpoint states it, and comes back`() throws {
    let origin = CheckpointOrigin(ledger: Digest256(hashing: [1]), log: Self.log)
    let signer = try #require(NoteSigner(name: origin.name, privateKey: Array(1...32)))
    let root = Digest256(hashing: [2])
    let note = try signer.signCheckpoint(size: 7, root: root).description
    let signed = PromisedHead(log: Self.log, chain: HeadChain(signed: 7, root: root, note: note))
    let prefix = PromisedHead(
      log: Self.log,
      chain: HeadChain(
        steps: [HeadChain.Step(size: 5, root: root, consistency: [root])], note: note))
    var frame = Scorebook_V1_Frame()
    frame.hello.heads = [signed.message, prefix.message]
    frame.hello.heads.append(signed.message)
    frame.hello.heads[2].checkpoint = ""
    let elided = frame.elided(.connections)
    #expect(elided.hello.heads.map(\.hasHead) == [false, true, true])
    #expect(frame.elided(.files) == frame)
    #expect(try elided.restored() == frame)
  }

  @Test func `a head that is left out beside no checkpoint is no head`() throws {
    var frame = Scorebook_V1_Frame()
    frame.hello.heads = [Scorebook_V1_SignedHead()]
    frame.hello.heads[0].checkpoint = "none\n"
    #expect(try frame.restored() == frame)
    #expect(throws: SyncRefusal.malformed("a head without log, size or root")) {
      try PromisedHead(frame.hello.heads[0])
    }
  }

  /// Entries of one log in two runs, each with up to three texts; at least one text.
  private func batch(
    _ random: inout SplitMix64, entries: UInt64 = 10, textBytes: ClosedRange<Int> = 0...40
  ) throws -> Scorebook_V1_Batch {
    var batch = Scorebook_V1_Batch()
    let first = UInt64.random(in: 1...1_000, using: &random)
    for seq in first..<first + entries {
      if seq == first || seq == first + entries / 2 {
        var run = Scorebook_V1_Run()
        run.log = ProtobufBytes.data(Self.log.bytes)
        run.firstSeq = seq
        batch.runs.append(run)
      }
      var event = event(seq, &random)
      for ordinal in 0..<Int.random(in: seq == first ? 1...3 : 0...3, using: &random) {
        let text = text(seq, ordinal, bytes: textBytes, &random)
        var detached = Scorebook_V1_Detached()
        detached.field = Bool.random(using: &random) ? .comment : .answer
        detached.name = Bool.random(using: &random) ? "why" : ""
        detached.commitment = ProtobufBytes.data(commitment(text))
        event.detached.append(detached)
        batch.texts.append(text)
      }
      batch.runs[batch.runs.count - 1].entries.append(
        ProtobufBytes.data(try event.entryBytes()))
    }
    return batch
  }

  private func event(_ seq: UInt64, _ random: inout SplitMix64) -> Scorebook_V1_Event {
    var event = Scorebook_V1_Event()
    event.recordedUs = 1_700_000_000_000_000 + Int64(seq) * 1_000_000
    event.occurredLagUs = Int64.random(in: -1_000_000...1_000_000, using: &random)
    event.customer = ProtobufBytes.data(bytes(16, &random))
    event.flags = Bool.random(using: &random) ? ["test"] : []
    event.surveyResponseSubmitted = Scorebook_V1_SurveyResponseSubmitted()
    return event
  }

  private func text(
    _ seq: UInt64, _ ordinal: Int, bytes count: ClosedRange<Int>, _ random: inout SplitMix64
  ) -> Scorebook_V1_DetachedText {
    var text = Scorebook_V1_DetachedText()
    text.address.log = ProtobufBytes.data(Self.log.bytes)
    text.address.seq = seq
    text.address.ordinal = UInt32(ordinal)
    text.salt = ProtobufBytes.data(bytes(16, &random))
    text.encoding = Bool.random(using: &random) ? 0 : 255
    text.bytes = ProtobufBytes.data(bytes(Int.random(in: count, using: &random), &random))
    return text
  }

  private func bytes(_ count: Int, _ random: inout SplitMix64) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
  }

  private func commitment(_ text: Scorebook_V1_DetachedText) -> [UInt8] {
    TextCommitments.digest(
      salt: ProtobufBytes.array(text.salt), encoding: UInt8(text.encoding),
      bytes: ProtobufBytes.array(text.bytes)
    ).bytes
  }

  private func frame(_ batch: Scorebook_V1_Batch) -> Scorebook_V1_Frame {
    var frame = Scorebook_V1_Frame()
    frame.batch = batch
    return frame
  }
}
