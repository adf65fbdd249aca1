import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerSync
import Synchronization

/// The peer behind a push: it says what the request's body holds. A hub cannot ask a site that does not listen, so the
/// site answers beforehand what it knows will be asked; a question that it did not foresee ends the work on the request
/// and goes back as its answer, and the site sends the request again with more answers.
final class PushedPeer: Peer {
  /// Not answered in the request.
  struct Unanswered: Error {
    let questions: [Scorebook_V1_ForkQuestion]
  }

  /// What is not read yet: a request may hold more events than anybody wants in memory at once.
  private struct Rest {
    /// The frame that followed the answers.
    var first: Scorebook_V1_Frame.OneOf_Message
    var frames: FrameUnpacker
  }

  private let said: Mutex<Scorebook_V1_Hello>
  private let answers: [Scorebook_V1_ForkQuestion: Scorebook_V1_ForkAnswer]
  private let rest: Mutex<Rest?>

  /// Reads hello, and pairs of question and answer. Batches and a goodbye follow.
  ///
  /// - Throws: `SyncRefusal` for frames in another order.
  init(_ body: [UInt8]) throws {
    let frames = try Wire.unpacked(body)
    said = Mutex(try frames.next("hello", \.asHello))
    var answers: [Scorebook_V1_ForkQuestion: Scorebook_V1_ForkAnswer] = [:]
    var first = try frames.next("goodbye", { $0 })
    while case .forkQuestion(let question) = first {
      answers[question] = try frames.next("answer", \.asForkAnswer)
      first = try frames.next("goodbye", { $0 })
    }
    self.answers = answers
    rest = Mutex(Rest(first: first, frames: frames))
  }

  /// What the site said; with ``hello(for:)`` also what it left out.
  var hello: Scorebook_V1_Hello { said.withLock { $0 } }

  func hello(for mine: Holdings) throws -> Scorebook_V1_Hello {
    said.withLock { hello in
      hello = mine.completed(hello)
      return hello
    }
  }

  func answers(
    to questions: [Scorebook_V1_ForkQuestion]
  ) throws -> [Scorebook_V1_ForkAnswer] {
    let unanswered = questions.filter { answers[$0] == nil }
    guard unanswered.isEmpty else { throw Unanswered(questions: unanswered) }
    return questions.compactMap { answers[$0] }
  }

  /// Whatever is wanted: the site has looked at what the hub lacks. Once; then the body is read.
  ///
  /// - Throws: `SyncRefusal` for frames in another order, or other events than the goodbye claims. Each batch before
  ///   is whole, and stays; what ends a session is left to the next one.
  func forEachBatch(
    of want: Scorebook_V1_Want, _ body: (Scorebook_V1_Batch) throws -> Void
  ) throws {
    try rest.withLock { rest in
      guard let unread = rest else { return }
      rest = nil
      var events: UInt64 = 0
      var message = unread.first
      while case .batch(let batch) = message {
        events += UInt64(batch.runs.reduce(0) { $0 + $1.entries.count })
        try body(batch)
        message = try unread.frames.next("goodbye", { $0 })
      }
      guard case .goodbye(let goodbye) = message else {
        throw SyncRefusal.malformed("a frame that a push does not hold")
      }
      guard goodbye.events == events else {
        throw SyncRefusal.malformed("it claims \(goodbye.events) events and holds \(events)")
      }
      try unread.frames.end()
    }
  }

  /// Reads what nobody wanted: it must be in order all the same.
  ///
  /// - Throws: as ``forEachBatch(of:_:)``.
  func finish() throws {
    try forEachBatch(of: Scorebook_V1_Want()) { _ in }
  }

  /// Never asked: the site fetches what it lacks by itself.
  func receive(everythingFrom ledger: Ledger) throws -> SyncReport { SyncReport() }
}
