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

  /// `count`: of questions beside the one that the hub's hello implies.
  @Test(arguments: [3, 4])
  func `a hub that asks on is answered up to the limit, and no further`(count: Int) throws {
    let mine = try branch.holdings()
    let theirs = try hub.hello(answering: mine.question)
    var asked = 0
    var push = try HubPush(branch, mine, theirs, questionsMax: 4) { _ in
      asked += 1
      guard asked <= count else {
        return try Wire.unpacked(Wire.packed([goodbye(events), .hello(theirs)]))
      }
      let size = UInt64(asked)
      let head = Head(log: branch.log, size: size, root: Digest256(hashing: [UInt8(asked)]))
      return try Wire.unpacked(Wire.packed([.forkQuestion(ForkSearch.question(head))]))
    }
    if count == 3 {
      #expect(try push.run { _ in }.received == Int(events))
    } else {
      #expect(throws: SyncRefusal.malformed("a question without end")) { try push.run { _ in } }
    }
    #expect(asked == 4)
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
