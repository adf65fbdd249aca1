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
  /// What happens between two frames.
  let meanwhile: () throws -> Void

  /// - Throws: `SyncRefusal`; `WireFailure`.
  func run() throws -> SyncReport {
    let mine = try receiver.holdings()
    var theirs = try sender.holdings()
    let answer = try mine.signedAnswer(after: try self.answer(to: mine.question, theirs)) {
      try pause()
      theirs = try sender.holdings()
      return try self.answer(to: $0, theirs)
    }
    var session = SyncSession(mine: mine)
    let plan = try session.receive(answer)
    try pause()
    let taking = try SyncReceiver(receiver, session: session)
    let inquiry = ForkInquiry(receiver) { try $0.map(ask) }
    let parted = try receiver.settleForks(plan, inquiry, taking)
    let want = plan.want(except: parted, texts: try receiver.missingTexts())
    if !want.isNothing { try takeIn(try requested(want), from: theirs, taking) }
    try receiver.settleOwnLog(inquiry, taking)
    return try receiver.finish(taking)
  }

  private func answer(
    to question: Scorebook_V1_Hello, _ theirs: Holdings
  ) throws -> Scorebook_V1_Hello {
    var frame = Scorebook_V1_Frame()
    frame.hello = question
    frame.hello.missingTexts = try receiver.missingTexts()
    guard case .hello(let asked)? = try toSender(frame).message else { throw Self.unexpected }
    frame.hello = try theirs.hello(answering: asked)
    frame.hello.missingTexts = try sender.missingTexts()
    guard case .hello(let answer)? = try toReceiver(frame).message else { throw Self.unexpected }
    return answer
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
  private func requested(_ want: Scorebook_V1_Want) throws -> Scorebook_V1_Want {
    var frame = Scorebook_V1_Frame()
    frame.want = want
    guard case .want(let asked)? = try toSender(frame).message else { throw Self.unexpected }
    return asked
  }

  private func pause() throws {
    if wire.interrupts() { try meanwhile() }
  }

  private func takeIn(
    _ want: Scorebook_V1_Want, from theirs: Holdings, _ taking: SyncReceiver
  ) throws {
    var plan = SyncSession.Plan()
    for range in want.ranges {
      // Up to the head that the sender promised, to which its proofs lead.
      guard let log = LogID(bytes: range.log), range.fromSeq > 0,
        !plan.send.contains(where: { $0.log == log }),
        let size = theirs.heads.first(where: { $0.head.log == log })?.head.size,
        range.fromSeq <= size
      else { continue }
      plan.send.append((log, range.fromSeq...size))
    }
    let arrived = try wire.carry(
      try frames(plan, want.missingTexts), from: senderNumber, to: receiverNumber)
    var batches = 0
    var isWhole = false
    for frame in arrived.frames {
      switch frame.message {
      case .batch(let batch):
        if batches == wire.batchesBeforeCrash { throw WireFailure.crash }
        batches += 1
        try taking.receive(batch)
        try pause()
      case .goodbye: isWhole = true
      default: throw Self.unexpected  // Nothing else is in a transfer.
      }
    }
    if let failure = arrived.failure { throw failure }
    guard isWhole else { throw WireFailure.cut }
  }

  private func frames(
    _ plan: SyncSession.Plan, _ texts: [Scorebook_V1_TextAddress]
  ) throws -> [Scorebook_V1_Frame] {
    var frames: [Scorebook_V1_Frame] = []
    func add(_ batch: Scorebook_V1_Batch) {
      var frame = Scorebook_V1_Frame()
      frame.batch = batch
      frames.append(frame)
    }
    try sender.store.read { database, state in
      let sending = SyncSender(
        database, state, for: .log(receiver.log), batchEventsMax: batchEventsMax)
      try sending.forEachBatch(plan, add)
    }
    try sender.forEachBatch(ofTexts: texts, for: .log(receiver.log), add)
    var goodbye = Scorebook_V1_Frame()
    goodbye.goodbye = Scorebook_V1_Goodbye()
    return frames + [goodbye]
  }
}
