import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerSync

/// The peer behind a push: it says what the request's body holds. A hub cannot ask a site that does not listen, so the
/// site answers beforehand what it knows will be asked; a question that it did not foresee ends the work on the request
/// and goes back as its answer, and the site sends the request again with more answers.
final class PushedPeer: Peer {
  /// Not answered in the request.
  struct Unanswered: Error {
    let questions: [Scorebook_V1_ForkQuestion]
  }

  let hello: Scorebook_V1_Hello
  private let answers: [Scorebook_V1_ForkQuestion: Scorebook_V1_ForkAnswer]
  private let batches: [Scorebook_V1_Batch]

  /// Reads hello, pairs of question and answer, batches, goodbye.
  ///
  /// - Throws: `SyncRefusal` for frames in another order, or fewer events than the goodbye claims.
  init(_ frames: FrameUnpacker) throws {
    hello = try frames.next("hello", \.asHello)
    var answers: [Scorebook_V1_ForkQuestion: Scorebook_V1_ForkAnswer] = [:]
    var batches: [Scorebook_V1_Batch] = []
    var events: UInt64 = 0
    reading: while true {
      switch try frames.next("goodbye", { $0 }) {
      case .forkQuestion(let question) where batches.isEmpty:
        answers[question] = try frames.next("answer", \.asForkAnswer)
      case .batch(let batch):
        events += UInt64(batch.runs.reduce(0) { $0 + $1.entries.count })
        batches.append(batch)
      case .goodbye(let goodbye):
        guard goodbye.events == events else {
          throw SyncRefusal.malformed("it claims \(goodbye.events) events and holds \(events)")
        }
        break reading
      case .hello, .want, .refusal, .forkQuestion, .forkAnswer, .join, .nonces:
        throw SyncRefusal.malformed("a frame that a push does not hold")
      }
    }
    try frames.end()
    self.answers = answers
    self.batches = batches
  }

  func hello(for mine: Holdings) throws -> Scorebook_V1_Hello { hello }

  func answers(
    to questions: [Scorebook_V1_ForkQuestion]
  ) throws -> [Scorebook_V1_ForkAnswer] {
    let unanswered = questions.filter { answers[$0] == nil }
    guard unanswered.isEmpty else { throw Unanswered(questions: unanswered) }
    return questions.compactMap { answers[$0] }
  }

  func forEachBatch(
    of want: Scorebook_V1_Want, _ body: (Scorebook_V1_Batch) throws -> Void
  ) throws {
    for batch in batches { try body(batch) }
  }

  /// Never asked: the site fetches what it lacks by itself.
  func receive(everythingFrom ledger: Ledger) throws -> SyncReport { SyncReport() }
}
