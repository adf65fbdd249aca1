package import FeedbackLedger
package import Foundation
import LedgerCore
package import LedgerSchema
package import LedgerSync

/// Brings a hub what it lacks, in pieces of bounded size, each of them whole batches under one signature.
///
/// Every piece says the same hello, and answers beforehand what the hub is going to ask: whether its heads are prefixes
/// of what is held here. Logs whose branches part are left out; where there are any, the hub first asks what it needs
/// for the proof.
package struct HubPush {
  private typealias Pair = (
    question: Scorebook_V1_ForkQuestion, answer: Scorebook_V1_ForkAnswer
  )

  private let ledger: Ledger
  private let post: ([UInt8]) throws -> FrameUnpacker
  private let hello: Scorebook_V1_Hello
  private let want: Scorebook_V1_Want
  private let hasPartings: Bool
  private let audience: TextAudience
  private let questionsMax: Int
  private var pairs: [Pair] = []
  private var report = SyncReport()
  /// The hub's hello after the last piece.
  package private(set) var answer: Scorebook_V1_Hello?

  /// `theirs`: the hub's answer to the hello of `mine`, as far as it is believed.
  /// `challenge`: what the hub is asked to sign in its answers; empty asks for nothing.
  /// `questionsMax`: so many questions are answered, those that the hub's hello implies with them.
  package init(
    _ ledger: Ledger, _ mine: Holdings, _ theirs: Scorebook_V1_Hello,
    challenge: Data = Data(), questionsMax: Int = SyncLimits.forkQuestionsMax,
    post: @escaping ([UInt8]) throws -> FrameUnpacker
  ) throws {
    self.ledger = ledger
    self.questionsMax = questionsMax
    self.post = post
    var session = SyncSession(mine: mine)
    var plan = try session.receive(theirs)
    report.peerSite = session.peerSite
    audience = LogID(bytes: theirs.log).map { .log($0) } ?? .nobody
    var hello = try mine.hello(bringingTo: theirs)
    hello.challenge = challenge
    self.hello = hello
    for (log, _) in plan.send {
      guard let head = session.promised[log]?.head else { continue }
      let question = ForkSearch.question(head)
      pairs.append((question, try ledger.answer(question)))
    }
    let parted = Set(
      pairs.filter { $0.answer.matching == 0 }.compactMap { LogID(bytes: $0.question.log) })
    hasPartings = !parted.isEmpty || !plan.forks.isEmpty
    plan.want = plan.send
    want = plan.want(except: parted, texts: theirs.missingTexts)
  }

  /// `onPiece`: gets the events of each piece that the hub has taken.
  package mutating func run(_ onPiece: (Int) -> Void) throws -> SyncReport {
    if hasPartings { try send(Piece(), onPiece) }
    var rest = want
    while !rest.isNothing {
      let piece = Piece(batches: try ledger.batches(of: rest, for: audience, max: Self.batchesMax))
      guard !piece.batches.isEmpty else { break }
      try send(piece, onPiece)
      for batch in piece.batches { rest.take(batch) }
    }
    return report
  }

  /// A frame has at most a megabyte, so that so many of them fit even if they do not shrink.
  private static let batchesMax = SyncLimits.exchangeBytesMax / SyncLimits.frameBytesMax - 1

  private struct Piece {
    var batches: [Scorebook_V1_Batch] = []

    var events: Int {
      batches.reduce(0) { $0 + $1.runs.reduce(0) { $0 + $1.entries.count } }
    }

    var texts: Int { batches.reduce(0) { $0 + $1.texts.count } }
  }

  /// Sends a piece, and again with more answers as long as the hub asks.
  private mutating func send(_ piece: Piece, _ onPiece: (Int) -> Void) throws {
    while true {
      let frames = try post(try body(of: piece))
      switch try frames.next("goodbye", { $0 }) {
      case .goodbye(let goodbye):
        take(goodbye)
        answer = try frames.next("hello", \.asHello)
        try frames.end()
        return onPiece(piece.events)
      case .forkQuestion(let question):
        try answer(question)
        while let frame = try frames.next() {
          guard case .forkQuestion(let question)? = frame.message else {
            throw SyncRefusal.malformed("no question where one has to be")
          }
          try answer(question)
        }
      case .hello, .want, .batch, .refusal, .forkAnswer, .join, .nonces:
        throw SyncRefusal.malformed("a frame that does not answer a push")
      }
    }
  }

  private mutating func answer(_ question: Scorebook_V1_ForkQuestion) throws {
    guard pairs.count < questionsMax,
      !pairs.contains(where: { $0.question == question })
    else { throw SyncRefusal.malformed("a question without end") }
    pairs.append((question, try ledger.answer(question)))
  }

  private func body(of piece: Piece) throws -> [UInt8] {
    try Wire.packed { packer in
      try packer.write(.hello(hello))
      for (question, answer) in pairs {
        try packer.write(.forkQuestion(question))
        try packer.write(.forkAnswer(answer))
      }
      for batch in piece.batches { try packer.write(.batch(batch)) }
      var goodbye = Scorebook_V1_Goodbye()
      goodbye.events = UInt64(piece.events)
      goodbye.texts = UInt64(piece.texts)
      try packer.write(.goodbye(goodbye))
    }
  }

  private mutating func take(_ goodbye: Scorebook_V1_Goodbye) {
    report.received += Int(clamping: goodbye.events)
    report.texts += Int(clamping: goodbye.texts)
    report.enrolled += goodbye.enrolled
    report.refusals += goodbye.refusals.map { SyncRefusal($0) }
    report.pending = goodbye.pending
  }
}
