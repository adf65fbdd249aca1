import Crypto
import FeedbackLedger
import FuzzTargets
import LedgerCore
import LedgerHTTP
import LedgerSchema
import LedgerStore
import LedgerSync
import SwiftProtobuf

/// What peers say to each other: frame by frame, as a stream, as a bundle, and as a body.
enum FrameSeeds {
  static func all() throws -> [Seed] {
    let stage = try Stage.shared.get()
    let messages = try messages(stage)
    var seeds: [Seed] = []
    for (name, message) in messages {
      var frame = Scorebook_V1_Frame()
      frame.message = message
      let bytes: [UInt8] = try frame.serializedBytes()
      let elided = frame.elided(.connections)
      if elided != frame {
        seeds.append(Seed(.frame, "\(name)-elided", try elided.serializedBytes()))
      }
      seeds.append(Seed(.frame, name, bytes))
      seeds.append(Seed(.frames, name, [40] + prefixed(bytes)))
      seeds.append(Seed(.body, name, try Wire.packed([message])))
    }
    let columns: [UInt8] = try columns().serializedBytes()
    seeds.append(Seed(.frame, "columns", columns))
    seeds.append(Seed(.frames, "columns", [40] + prefixed(columns)))
    let session = messages.filter { ["hello", "batch", "goodbye"].contains($0.name) }
    let bodies = session.map(\.message)
    seeds.append(Seed(.body, "session", try Wire.packed(bodies)))
    func streamed(_ elision: Elision) throws -> [UInt8] {
      try bodies.flatMap { message in
        var frame = Scorebook_V1_Frame()
        frame.message = message
        return prefixed(try frame.elided(elision).serializedBytes())
      }
    }
    let stream = try streamed([])
    for (name, stream) in [("session", stream), ("session-elided", try streamed(.files))] {
      seeds.append(Seed(.frames, name, [255] + stream))
      seeds.append(Seed(.transfer, name, stream))
    }
    for part in 1...3 {
      seeds.append(Seed(.transfer, "part-\(part)", Array(stream.prefix(stream.count * part / 4))))
    }
    return seeds
  }

  /// A run that is long enough to travel in columns, with every field that they hold.
  private static func columns() throws -> Scorebook_V1_Frame {
    var run = Scorebook_V1_Run()
    run.log = ProtobufBytes.data(Array(repeating: 1, count: LogID.byteCount))
    run.firstSeq = 2
    for number in 0..<30 {
      var event = Scorebook_V1_Event()
      event.recordedUs = 1_700_000_000_000_000 + Int64(number) * 1_000_000
      event.occurredLagUs = Int64(number) * 1_000
      event.timeQuality = number.isMultiple(of: 5) ? .day : .exact
      event.item = ProtobufBytes.data(ItemID(high: 1, low: UInt64(number)).bytes)
      event.customer = ProtobufBytes.data(CustomerID(high: UInt64(number), low: 2).bytes)
      event.ticketClosed = Scorebook_V1_TicketClosed()
      run.entries.append(ProtobufBytes.data(try event.entryBytes()))
    }
    var frame = Scorebook_V1_Frame()
    frame.batch.runs = [run]
    return frame.elided(.columns)
  }

  private static func prefixed(_ bytes: [UInt8]) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: bytes.count >> (24 - 8 * $0)) } + bytes
  }

  private static func messages(
    _ stage: Stage
  ) throws -> [(name: String, message: Scorebook_V1_Frame.OneOf_Message)] {
    let branch = stage.branch
    let holdings = try branch.holdings()
    var hello = holdings.hello
    hello.assumed = hello.heads.map(\.head)
    hello.missingTexts = [textAddress(branch.log)]
    var want = Stage.everything(of: holdings)
    want.missingTexts = [textAddress(branch.log)]
    let batch = try branch.batches(of: want, for: .anyone, max: 1).first ?? Scorebook_V1_Batch()
    var goodbye = Scorebook_V1_Goodbye()
    goodbye.events = UInt64(batch.runs.reduce(0) { $0 + $1.entries.count })
    goodbye.enrolled = ["branch"]
    goodbye.refusals = [SyncRefusal.fork(log: branch.log, seq: 3).message]
    let question = try question(branch)
    return [
      ("hello", .hello(hello)), ("want", .want(want)), ("batch", .batch(batch)),
      ("goodbye", .goodbye(goodbye)),
      ("refusal", .refusal(SyncRefusal.gap(log: branch.log, held: 1, first: 3).message)),
      ("question", .forkQuestion(question)),
      ("answer", .forkAnswer(try branch.answers(to: [question])[0])),
      ("join", .join(try branch.joining())), ("nonces", .nonces(nonces)),
    ]
  }

  private static var nonces: Scorebook_V1_Nonces {
    var nonces = Scorebook_V1_Nonces()
    nonces.nonces = ["one", "two"]
    return nonces
  }

  private static func question(_ ledger: Ledger) throws -> Scorebook_V1_ForkQuestion {
    let heads = try ledger.holdings().heads
    return heads.first.map { ForkSearch.question($0.head) } ?? Scorebook_V1_ForkQuestion()
  }

  private static func textAddress(_ log: LogID) -> Scorebook_V1_TextAddress {
    var address = Scorebook_V1_TextAddress()
    address.log = ProtobufBytes.data(log.bytes)
    address.seq = 2
    return address
  }
}
