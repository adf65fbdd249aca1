import FeedbackLedger
import LedgerCore
import LedgerHTTP
import LedgerSchema
import LedgerSync
import TestSupport
import Testing

/// What a push may hold: hello, questions with their answers, batches, goodbye.
@Suite struct `A push` {
  private let hub: Ledger
  private let branch: Ledger
  /// Hello, and what the hub asks of a log that it holds in part.
  private let beginning: [Scorebook_V1_Frame.OneOf_Message]
  private let batch: Scorebook_V1_Batch

  init() throws {
    (hub, branch) = try Hub.withBranch(seed: 31)
    let log = branch.log
    let held = try branch.holdings().clock[log]
    try branch.recordAnswers(20)
    let mine = try branch.holdings()
    let theirs = try hub.holdings()
    let head = try #require(theirs.heads.first { $0.log == log }).head
    let question = ForkSearch.question(head)
    beginning = [
      .hello(try mine.hello(answering: theirs.hello)), .forkQuestion(question),
      .forkAnswer(try branch.answer(question)),
    ]
    let want = Scorebook_V1_Want([(log, held + 1...mine.clock[log])])
    batch = try #require(try branch.batches(of: want, for: .log(hub.log), max: 1).first)
  }

  private var events: UInt64 { UInt64(batch.runs.reduce(0) { $0 + $1.entries.count }) }

  private func goodbye(_ events: UInt64) -> Scorebook_V1_Frame.OneOf_Message {
    var goodbye = Scorebook_V1_Goodbye()
    goodbye.events = events
    return .goodbye(goodbye)
  }

  /// - Returns: whether the hub answers it.
  private func isAnswered(
    _ frames: [Scorebook_V1_Frame.OneOf_Message], by server: Hub
  ) async throws -> Bool {
    try await Hub.blocking {
      let connection = try HubConnection(
        branch, to: HubAddress(server.url()), trust: .system)
      defer { try? connection.close() }
      do {
        _ = try connection.post(HubPath.push, try Wire.packed(frames))
        return true
      } catch HubError.refused {
        return false
      }
    }
  }

  @Test(arguments: [false, true])
  func `in another order, or that claims another number, is refused`(isHeld: Bool) async throws {
    if isHeld { _ = try hub.receive(everythingFrom: branch) }
    let question = Scorebook_V1_Frame.OneOf_Message.forkQuestion(Scorebook_V1_ForkQuestion())
    let last = goodbye(events)
    try await Hub.serving(hub) { server in
      for rest: [Scorebook_V1_Frame.OneOf_Message] in [
        [.batch(batch), goodbye(events + 1)], [.batch(batch), question, last], [.batch(batch)],
        [.batch(batch), last, last], [question], [],
      ] {
        let isAnswered = try await isAnswered(beginning + rest, by: server)
        #expect(!isAnswered)
      }
      let isAnswered = try await isAnswered(beginning + [.batch(batch), last], by: server)
      #expect(isAnswered)
    }
    try expectEqual(hub, branch)
    #expect(try hub.verify().findings == [])
  }
}
