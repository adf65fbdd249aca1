import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerSync

/// What a hub says to a site: bodies in, bodies out. It knows nothing of HTTP, and blocks on the ledger.
struct HubAnswers: Sendable {
  let ledger: Ledger
  let limits: HubLimits
  let contacts: HubContacts
  let allowance: BodyAllowance

  /// `now`: when the request came.
  /// - Throws: `SyncRefusal`, `RevokedLog`, `PendingLog`; `BodyAllowance.Exhausted` before any work is done.
  func answer(
    _ path: HubPath, _ body: [UInt8], from log: LogID, at now: Instant
  ) throws -> [UInt8] {
    guard try ledger.answers(log) else { throw RevokedLog(log) }
    let answer =
      switch path.question {
      case .hello: try hello(Wire.unpacked(body), from: log, at: now)
      case .pull: try pull(Wire.unpacked(body), from: log)
      case .push: try push(PushedPeer(body), from: log)
      case .fork: try answerQuestions(Wire.unpacked(body), of: log)
      case .join, .nonces: throw HubFault.noSuchPath  // They are asked by whoever has no log yet.
      }
    return try Wire.packed(answer.map { $0.said(in: path.version) }, version: path.version)
  }

  /// Whose part of the memory for bodies the log's are.
  func payer(of log: LogID) throws -> BodyAllowance.Payer {
    try ledger.isMember(log) ? .member(log) : .strangers
  }

  /// Hello for hello, with the texts that the site lacks.
  private func hello(
    _ frames: FrameUnpacker, from log: LogID, at now: Instant
  ) throws -> [Wire.Message] {
    let theirs = try hello(next: frames, from: log)
    try frames.end()
    let payer = try payer(of: log)
    try allowance.expectRoom(for: theirs.missingTexts.isEmpty ? .heads : .batches, to: payer)
    let mine = try ledger.hello(answering: theirs)
    try contacts.note(theirs, at: now)
    var texts = Scorebook_V1_Want()
    texts.missingTexts = theirs.missingTexts
    let batches = try ledger.batches(
      of: texts, for: .log(log), max: limits.batchesPerAnswerMax)
    return [.hello(mine)] + batches.map { .batch($0) }
  }

  private func hello(next frames: FrameUnpacker, from log: LogID) throws -> Scorebook_V1_Hello {
    let hello = try frames.next("hello", \.asHello)
    guard LogID(bytes: hello.log) == log else {
      throw SyncRefusal.malformed("a hello of another log than the one that signed it")
    }
    return hello
  }

  /// As much of what is wanted as one answer holds.
  private func pull(_ frames: FrameUnpacker, from log: LogID) throws -> [Wire.Message] {
    let want = try frames.next("want", \.asWant)
    try frames.end()
    try ledger.expectMember(log)
    try allowance.expectRoom(for: .batches, to: payer(of: log))
    let batches = try ledger.batches(
      of: want, for: .log(log), max: limits.batchesPerAnswerMax)
    var goodbye = Scorebook_V1_Goodbye()
    for batch in batches {
      goodbye.events += UInt64(batch.runs.reduce(0) { $0 + $1.entries.count })
      goodbye.texts += UInt64(batch.texts.count)
    }
    return batches.map { .batch($0) } + [.goodbye(goodbye)]
  }

  /// Takes a push in, by the driver of every session; or asks back.
  private func push(_ peer: PushedPeer, from log: LogID) throws -> [Wire.Message] {
    guard LogID(bytes: peer.hello.log) == log else {
      throw SyncRefusal.malformed("a hello of another log than the one that signed it")
    }
    try allowance.expectRoom(for: .heads, to: payer(of: log))
    do {
      let report = try ledger.receive(everythingFromPeer: peer, hasAsked: false)
      try peer.finish()
      // What the site lacks it takes with its next request: it need not ask for signatures first.
      let mine = try ledger.hello(answering: peer.hello, signsUnstated: true)
      return [.goodbye(Scorebook_V1_Goodbye(report)), .hello(mine)]
    } catch let asked as PushedPeer.Unanswered {
      return asked.questions.map { .forkQuestion($0) }
    }
  }

  private func answerQuestions(
    _ frames: FrameUnpacker, of log: LogID
  ) throws -> [Wire.Message] {
    try allowance.expectRoom(for: .batches, to: payer(of: log))
    var questions: [Scorebook_V1_ForkQuestion] = []
    while let frame = try frames.next() {
      guard case .forkQuestion(let question)? = frame.message else {
        throw SyncRefusal.malformed("no question where one has to be")
      }
      questions.append(question)
      // A branch fills a frame; who wants several asks several times.
      let branches = questions.filter(\.hasCommonSeq)
      guard questions.count <= SyncLimits.logsMax, branches.count <= 1 else {
        throw SyncRefusal.tooMany(
          what: "questions", got: questions.count, limit: SyncLimits.logsMax)
      }
    }
    // Where branches part anybody may ask who has brought his own; a branch is given to members.
    if questions.contains(where: \.hasCommonSeq) { try ledger.expectMember(log) }
    return try ledger.answers(to: questions).map { .forkAnswer($0) }
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

extension Wire.Message {
  /// As a program says it that speaks this version of the protocol.
  fileprivate func said(in version: UInt32) -> Wire.Message {
    guard case .hello(var hello) = self else { return self }
    hello.protocolVersion = version
    return .hello(hello)
  }
}
