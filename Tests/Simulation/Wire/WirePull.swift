import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import LedgerSync

/// One side takes in what the other has and it lacks: the real session code on both sides, and between them nothing
/// but bytes.
struct WirePull {
  let receiver: Ledger
  let sender: Ledger
  let receiverNumber: Int
  let senderNumber: Int
  let wire: Wire
  let batchEventsMax: Int

  /// - Throws: `SyncRefusal`; `WireFailure`.
  func run() throws -> SyncReport {
    let mine = try receiver.holdings()
    var frame = Scorebook_V1_Frame()
    frame.hello = mine.hello
    guard case .hello(let asked)? = try toSender(frame).message else { throw Self.unexpected }
    let theirs = try sender.holdings()
    var sending = SyncSession(mine: theirs)
    _ = try sending.receive(asked)
    frame.hello = theirs.hello
    guard case .hello(let answer)? = try toReceiver(frame).message else { throw Self.unexpected }
    var session = SyncSession(mine: mine)
    let plan = try session.receive(answer)
    let taking = try SyncReceiver(receiver, session: session)
    let parted = try receiver.settleForks(
      plan, ForkInquiry(receiver) { try $0.map(ask) }, taking, session.mine)
    let ranges = plan.want.filter { !parted.contains($0.log) }
    if !ranges.isEmpty { try takeIn(try requested(ranges), from: theirs, taking) }
    return try receiver.finish(taking)
  }

  private static let unexpected = SyncRefusal.malformed("a frame that does not come now")

  private func toSender(_ frame: Scorebook_V1_Frame) throws -> Scorebook_V1_Frame {
    try one(try wire.carry([frame], from: receiverNumber, to: senderNumber))
  }

  private func toReceiver(_ frame: Scorebook_V1_Frame) throws -> Scorebook_V1_Frame {
    try one(try wire.carry([frame], from: senderNumber, to: receiverNumber))
  }

  private func one(
    _ arrived: (frames: [Scorebook_V1_Frame], failure: (any Error)?)
  ) throws -> Scorebook_V1_Frame {
    if let first = arrived.frames.first { return first }
    throw arrived.failure ?? WireFailure.cut
  }

  private func ask(_ question: Scorebook_V1_ForkQuestion) throws -> Scorebook_V1_ForkAnswer {
    var frame = Scorebook_V1_Frame()
    frame.forkQuestion = question
    guard case .forkQuestion(let asked)? = try toSender(frame).message else {
      throw Self.unexpected
    }
    frame.forkAnswer = try sender.answer(asked)
    guard case .forkAnswer(let answer)? = try toReceiver(frame).message else {
      throw Self.unexpected
    }
    return answer
  }

  /// What the sender understands to be wanted.
  private func requested(
    _ ranges: [(log: LogID, seqs: ClosedRange<UInt64>)]
  ) throws -> [Scorebook_V1_Range] {
    var frame = Scorebook_V1_Frame()
    frame.want.ranges = ranges.map { log, seqs in
      var range = Scorebook_V1_Range()
      range.log = ProtobufBytes.data(log.bytes)
      range.fromSeq = seqs.lowerBound
      range.toSeq = seqs.upperBound
      return range
    }
    guard case .want(let want)? = try toSender(frame).message else { throw Self.unexpected }
    return want.ranges
  }

  private func takeIn(
    _ ranges: [Scorebook_V1_Range], from theirs: Holdings, _ taking: SyncReceiver
  ) throws {
    var plan = SyncSession.Plan()
    for range in ranges {
      // Up to the head that the sender promised, to which its proofs lead.
      guard let log = LogID(bytes: range.log), range.fromSeq > 0,
        !plan.send.contains(where: { $0.log == log }),
        let size = theirs.heads.first(where: { $0.head.log == log })?.head.size,
        range.fromSeq <= size
      else { continue }
      plan.send.append((log, range.fromSeq...size))
    }
    let arrived = try wire.carry(
      try frames(plan), from: senderNumber, to: receiverNumber)
    var batches = 0
    var isWhole = false
    for frame in arrived.frames {
      switch frame.message {
      case .batch(let batch):
        if batches == wire.batchesBeforeCrash { throw WireFailure.crash }
        batches += 1
        try taking.receive(batch)
      case .goodbye: isWhole = true
      default: throw Self.unexpected  // Nothing else is in a transfer.
      }
    }
    if let failure = arrived.failure { throw failure }
    guard isWhole else { throw WireFailure.cut }
  }

  private func frames(_ plan: SyncSession.Plan) throws -> [Scorebook_V1_Frame] {
    var frames: [Scorebook_V1_Frame] = []
    try sender.store.read { database, state in
      let sending = SyncSender(database, state, for: .anyone, batchEventsMax: batchEventsMax)
      try sending.forEachBatch(plan) { batch in
        var frame = Scorebook_V1_Frame()
        frame.batch = batch
        frames.append(frame)
      }
    }
    var goodbye = Scorebook_V1_Frame()
    goodbye.goodbye = Scorebook_V1_Goodbye()
    return frames + [goodbye]
  }
}
