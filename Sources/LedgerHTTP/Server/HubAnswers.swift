import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerSync

/// What a hub says to a site: bodies in, bodies out. It knows nothing of HTTP, and blocks on the ledger.
struct HubAnswers: Sendable {
  let ledger: Ledger
  let limits: HubLimits

  /// - Throws: `SyncRefusal`, `Forbidden`.
  func answer(_ path: String, _ body: [UInt8], from log: LogID) throws -> [UInt8] {
    guard try ledger.answers(log) else { throw Forbidden(log: log) }
    return switch path {
    case HubPath.hello: try hello(Wire.unpacked(body), from: log)
    case HubPath.pull: try pull(Wire.unpacked(body), from: log)
    case HubPath.push: try push(PushedPeer(body), from: log)
    default: try answerQuestions(Wire.unpacked(body))
    }
  }

  /// The log may not speak here any more.
  struct Forbidden: Error {
    let log: LogID
  }

  /// Hello for hello, with the texts that the site lacks.
  private func hello(_ frames: FrameUnpacker, from log: LogID) throws -> [UInt8] {
    let theirs = try hello(next: frames, from: log)
    try frames.end()
    let mine = try ledger.hello(answering: theirs)
    var texts = Scorebook_V1_Want()
    texts.missingTexts = theirs.missingTexts
    let batches = try ledger.batches(
      of: texts, for: .log(log), max: limits.batchesPerAnswerMax)
    return try Wire.packed([.hello(mine)] + batches.map { .batch($0) })
  }

  private func hello(next frames: FrameUnpacker, from log: LogID) throws -> Scorebook_V1_Hello {
    let hello = try frames.next("hello", \.asHello)
    guard LogID(bytes: hello.log) == log else {
      throw SyncRefusal.malformed("a hello of another log than the one that signed it")
    }
    return hello
  }

  /// As much of what is wanted as one answer holds.
  private func pull(_ frames: FrameUnpacker, from log: LogID) throws -> [UInt8] {
    let want = try frames.next("want", \.asWant)
    try frames.end()
    let batches = try ledger.batches(
      of: want, for: .log(log), max: limits.batchesPerAnswerMax)
    var goodbye = Scorebook_V1_Goodbye()
    for batch in batches {
      goodbye.events += UInt64(batch.runs.reduce(0) { $0 + $1.entries.count })
      goodbye.texts += UInt64(batch.texts.count)
    }
    return try Wire.packed(batches.map { .batch($0) } + [.goodbye(goodbye)])
  }

  /// Takes a push in, by the driver of every session; or asks back.
  private func push(_ peer: PushedPeer, from log: LogID) throws -> [UInt8] {
    guard LogID(bytes: peer.hello.log) == log else {
      throw SyncRefusal.malformed("a hello of another log than the one that signed it")
    }
    do {
      let report = try ledger.receive(everythingFromPeer: peer)
      try peer.finish()
      // What the site lacks it takes with its next request: it need not ask for signatures first.
      let mine = try ledger.hello(answering: peer.hello, signsUnstated: true)
      return try Wire.packed([.goodbye(Scorebook_V1_Goodbye(report)), .hello(mine)])
    } catch let asked as PushedPeer.Unanswered {
      return try Wire.packed(asked.questions.map { .forkQuestion($0) })
    }
  }

  private func answerQuestions(_ frames: FrameUnpacker) throws -> [UInt8] {
    var questions: [Scorebook_V1_ForkQuestion] = []
    while let frame = try frames.next() {
      guard case .forkQuestion(let question)? = frame.message else {
        throw SyncRefusal.malformed("no question where one has to be")
      }
      questions.append(question)
      // A branch fills a frame; who wants several asks several times.
      let branches = questions.filter(\.hasCommonSeq)
      guard questions.count <= SyncLimits.logsMax, branches.count <= 1 else {
        throw SyncRefusal.tooLarge(
          what: "list of questions", got: questions.count, limit: SyncLimits.logsMax)
      }
    }
    return try Wire.packed(try ledger.answers(to: questions).map { .forkAnswer($0) })
  }
}

extension Scorebook_V1_Goodbye {
  init(_ report: SyncReport) {
    self.init()
    events = UInt64(report.received)
    texts = UInt64(report.texts)
    enrolled = report.enrolled
    refusals = report.refusals.map(\.message)
    pending = report.pending
  }
}
