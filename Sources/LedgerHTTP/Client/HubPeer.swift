package import FeedbackLedger
import Foundation
package import LedgerCore
package import LedgerSchema
package import LedgerSync
import Synchronization

/// A hub as a peer of this ledger.
package final class HubPeer: Peer {
  /// What the hub has said last, to which log, and to which heads of ours it was the answer.
  private struct Known {
    var log: LogID
    var digest: Digest256
    var hello: Scorebook_V1_Hello

    init(_ hello: Scorebook_V1_Hello, answering mine: Holdings) {
      (log, digest) = (mine.log, mine.digest)
      self.hello = hello
    }

    func stillHolds(for mine: Holdings) -> Bool {
      log == mine.log && (digest == mine.digest || Digest256(bytes: hello.digest) == mine.digest)
    }
  }

  private let ledger: Ledger
  private let connection: HubConnection
  private let known = Mutex<Known?>(nil)
  /// Texts that came with a hello, until they are taken in.
  private let texts = Mutex<[Scorebook_V1_Batch]>([])
  private let onProgress: @Sendable (Progress) -> Void

  /// How far a session is.
  package struct Progress: Sendable {
    package var sent = 0
    package var received = 0
  }

  private let progress = Mutex(Progress())
  private let isGivenNothing = Mutex(false)
  /// What the hub is asked to sign in this session.
  private let challenge: Data
  private let doubts = Mutex(Doubts())

  /// Whether the hub has said that it gives nothing to this log yet.
  package var isPending: Bool { isGivenNothing.withLock { $0 } }

  /// What of the hub's own log was not believed, at first or at last.
  private struct Doubts {
    var first: SyncRefusal?
    /// A log of which nothing is known here, where the hub named it last.
    var unknownLog: LogID?
    /// Whether a hub that has the own log was found to be of another file.
    var hasTwin = false
  }

  /// Why the hub was not taken for the log that it names.
  package var doubt: SyncRefusal? { doubts.withLock { $0.first } }

  /// The log that the hub names, where it is not known here up to now.
  package var unknownLog: LogID? { doubts.withLock { $0.unknownLog } }

  package init(
    _ ledger: Ledger, _ connection: HubConnection,
    onProgress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) {
    self.ledger = ledger
    self.connection = connection
    self.onProgress = onProgress
    challenge = ledger.newChallenge()
  }

  /// One exchange where nothing is lacking here, two or a few more where something is, none where the hub has just said
  /// it.
  package func hello(for mine: Holdings) throws -> Scorebook_V1_Hello {
    let hello = try mine.signedAnswer(after: try unsignedHello(for: mine)) {
      keep(try exchange($0, challenge), for: mine)
    }
    return try believed(hello, by: mine)
  }

  /// A log that the hub does not prove to be its own it has not named: neither is it given texts as that log, nor does
  /// anybody leave a log because the hub has it too. What proves it may come in the session itself, with the log.
  private func believed(
    _ hello: Scorebook_V1_Hello, by mine: Holdings
  ) throws -> Scorebook_V1_Hello {
    guard let log = LogID(bytes: hello.log) else {
      throw SyncRefusal.malformed("a hello of no log")
    }
    let isProven = try ledger.isProven(hello, answering: mine.log, challenge: challenge)
    let doubt = try isProven.flatMap { try self.doubt(of: log, isProven: $0, mine) }
    doubts.withLock {
      $0.first = $0.first ?? doubt
      $0.unknownLog = isProven == nil ? log : nil
    }
    if isProven == true, doubt == nil { return hello }
    var nameless = hello
    nameless.log = Data()
    // What it is called, and what its clock shows, is that log's to say.
    if doubt != nil { (nameless.site, nameless.wallClockUs) = ("", 0) }
    return nameless
  }

  private func doubt(of log: LogID, isProven: Bool, _ mine: Holdings) throws -> SyncRefusal? {
    guard isProven else { return .unproven(log: log) }
    guard try ledger.answers(log) else { return .disowned(log: log) }
    return try log != mine.log || isTwin(mine) ? nil : .unproven(log: log)
  }

  /// Whether it is another file that has the own log. A hub in the middle may hand requests to this ledger's own hub,
  /// which signs for all that it did not ask itself.
  ///
  /// - Throws: `SyncRefusal.ownLedger` where the hub is this ledger's.
  private func isTwin(_ mine: Holdings) throws -> Bool {
    if doubts.withLock({ $0.hasTwin }) { return true }
    let challenge = try ledger.newNotedChallenge()
    let hello = try exchange(mine.question, challenge)
    let isTwin =
      try LogID(bytes: hello.log) == mine.log
      && ledger.isProven(hello, answering: mine.log, challenge: challenge) == true
    doubts.withLock { $0.hasTwin = isTwin }
    return isTwin
  }

  /// Where the hub stands; what it holds more of need not be signed.
  private func unsignedHello(for mine: Holdings) throws -> Scorebook_V1_Hello {
    if let known = known.withLock({ $0 }), known.stillHolds(for: mine) { return known.hello }
    var question = mine.question
    question.missingTexts = try ledger.missingTexts()
    return keep(try exchange(question, challenge), for: mine)
  }

  private func keep(_ answer: Scorebook_V1_Hello, for mine: Holdings) -> Scorebook_V1_Hello {
    known.withLock { $0 = Known(answer, answering: mine) }
    return answer
  }

  private func exchange(
    _ question: Scorebook_V1_Hello, _ challenge: Data
  ) throws -> Scorebook_V1_Hello {
    var hello = question
    hello.challenge = challenge
    let frames = try connection.post(
      HubPath.hello, try Wire.packed([.hello(hello)]), from: LogID(bytes: hello.log))
    let answer = try frames.next("hello", \.asHello)
    while let frame = try frames.next() {
      guard case .batch(let batch)? = frame.message, batch.runs.isEmpty else {
        throw SyncRefusal.malformed("a frame that does not belong to a hello")
      }
      texts.withLock { $0.append(batch) }
    }
    return answer
  }

  package func answers(
    to questions: [Scorebook_V1_ForkQuestion]
  ) throws -> [Scorebook_V1_ForkAnswer] {
    let frames: FrameUnpacker
    do {
      frames = try connection.post(
        HubPath.fork, try Wire.packed(questions.map { .forkQuestion($0) }))
    } catch HubError.pending {
      return unanswered(questions)
    }
    let answers = try questions.map { _ in try frames.next("answer", \.asForkAnswer) }
    try frames.end()
    return answers
  }

  /// As of who has no branch to show.
  private func unanswered(
    _ questions: [Scorebook_V1_ForkQuestion]
  ) -> [Scorebook_V1_ForkAnswer] {
    questions.map { question in
      var answer = Scorebook_V1_ForkAnswer()
      answer.log = question.log
      return answer
    }
  }

  package func forEachBatch(
    of want: Scorebook_V1_Want, _ body: (Scorebook_V1_Batch) throws -> Void
  ) throws {
    let held = texts.withLock { texts in
      defer { texts = [] }
      return texts
    }
    for batch in held { try body(batch) }
    var rest = want
    rest.missingTexts = []
    var hasBrought = false
    while !rest.ranges.isEmpty {
      let frames: FrameUnpacker
      do {
        frames = try connection.post(HubPath.pull, try Wire.packed([.want(rest)]))
      } catch HubError.pending where !hasBrought {
        // The log may have begun in this session, and the hub not heard of it.
        hasBrought = true
        _ = try receive(everythingFrom: ledger)
        continue
      } catch HubError.pending {
        return isGivenNothing.withLock { $0 = true }
      }
      let count = try take(frames, of: &rest, body)
      guard count > 0 else { throw SyncRefusal.malformed("the hub holds less than it has said") }
    }
  }

  /// - Returns: how many events came.
  private func take(
    _ frames: FrameUnpacker, of rest: inout Scorebook_V1_Want,
    _ body: (Scorebook_V1_Batch) throws -> Void
  ) throws -> Int {
    var count = 0
    while true {
      switch try frames.next("goodbye", { $0 }) {
      case .batch(let batch):
        rest.take(batch)
        let events = batch.runs.reduce(0) { $0 + $1.entries.count }
        count += events
        try body(batch)
        report { $0.received += events }
      case .goodbye(let goodbye):
        guard goodbye.events == UInt64(count) else {
          throw SyncRefusal.malformed("it claims \(goodbye.events) events and holds \(count)")
        }
        try frames.end()
        return count
      case .hello, .want, .refusal, .forkQuestion, .forkAnswer, .join, .nonces:
        throw SyncRefusal.malformed("a frame that does not belong to batches")
      }
    }
  }

  package func receive(everythingFrom ledger: Ledger) throws -> SyncReport {
    let mine = try ledger.holdings()
    let theirs = try believed(unsignedHello(for: mine), by: mine)
    var push = try HubPush(ledger, mine, theirs, challenge: challenge) { [connection] in
      try connection.post(HubPath.push, $0, from: mine.log)
    }
    let pushed = try push.run { events in report { $0.sent += events } }
    if let hello = push.answer {
      // An answer without heads tells where the hub stands only if it stands where this ledger does.
      let isTelling =
        !hello.heads.isEmpty || !hello.parts.isEmpty
        || ProtobufBytes.array(hello.digest) == mine.digest.bytes
      known.withLock { $0 = isTelling ? Known(hello, answering: mine) : nil }
    }
    return pushed
  }

  private func report(_ change: (inout Progress) -> Void) {
    let now = progress.withLock { progress in
      change(&progress)
      return progress
    }
    onProgress(now)
  }
}
