import FeedbackLedger
import LedgerCore
import LedgerHTTP
import LedgerSchema
import LedgerSync
import TestSupport
import Testing

/// A hub is upgraded before its sites: it answers each in the version in which it asks.
@Suite struct `A site of an older protocol version` {
  private let hub: Ledger
  private let branch: Ledger

  init() throws {
    (hub, branch) = try Hub.withBranch(seed: 41)
  }

  private func draft(_ text: String) -> EventDraft {
    EventDraft(
      Bodies.response([Bodies.nps(3)]), texts: [EventDraft.Text(field: .comment, text: text)])
  }

  @Test func `is heard and answered as it speaks`() async throws {
    let held = try branch.holdings().clock[branch.log]
    _ = try branch.record([draft("slow"), draft("slower")])
    _ = try hub.record([draft("slowest")])
    try await Hub.serving(hub) { server in
      try await Hub.blocking { try exchange(HubAddress(server.url()), held: held) }
    }
    #expect(try hub.holdings().clock[branch.log] == held + 2)
    #expect(try hub.verify().texts == 3)
    #expect(try hub.verify().findings == [])
  }

  /// What such a program does: hello, push, pull.
  private func exchange(_ address: HubAddress, held: UInt64) throws {
    let connection = try HubConnection(branch, to: address, trust: .system)
    defer { try? connection.close() }
    let mine = try branch.holdings()
    var hello = mine.hello
    hello.protocolVersion = 1
    let theirs = try connection.post(
      "/v1/hello", try Wire.packed([.hello(hello)], version: 1)
    ).next("hello", \.asHello)
    #expect(theirs.protocolVersion == 1)
    #expect(theirs.heads.count == mine.heads.count)

    let head = try #require(
      theirs.heads.map(\.head).first { $0.log == ProtobufBytes.data(branch.log.bytes) })
    let question = ForkSearch.question(
      Head(log: branch.log, size: head.size, root: try #require(Digest256(bytes: head.root))))
    let batch = try #require(
      try branch.batches(
        of: Scorebook_V1_Want([(branch.log, held + 1...held + 2)]), for: .anyone, max: 1
      ).first)
    var goodbye = Scorebook_V1_Goodbye()
    goodbye.events = 2
    let pushed = try connection.post(
      "/v1/push",
      try Wire.packed(
        [
          .hello(hello), .forkQuestion(question), .forkAnswer(try branch.answer(question)),
          .batch(batch), .goodbye(goodbye),
        ], version: 1))
    #expect(try pushed.next("goodbye") { $0.asGoodbye }.events == 2)
    #expect(try pushed.next("hello", \.asHello).protocolVersion == 1)

    let size = try hub.holdings().clock[hub.log]
    let want = Scorebook_V1_Want([(hub.log, size...size)])
    let pulled = try connection.post("/v1/pull", try Wire.packed([.want(want)], version: 1))
    #expect(try pulled.next("batch") { $0.asBatch }.texts.map(\.bytes).count == 1)
  }

  @Test(arguments: [1, 2] as [UInt32])
  func `is sent frames as its program reads them`(version: UInt32) async throws {
    _ = try hub.record((0..<100).map { draft("\($0)") })
    let size = try hub.holdings().clock[hub.log]
    let want = Scorebook_V1_Want([(hub.log, size - 99...size)])
    try await Hub.serving(hub) { server in
      try await Hub.blocking {
        let connection = try HubConnection(
          branch, to: HubAddress(server.url()), trust: .system)
        defer { try? connection.close() }
        let answer = try connection.packedAnswer(
          "/v\(version)/pull", try Wire.packed([.want(want)], version: version))
        let frames = try Wire.unpacked(answer)
        let messages = [try frames.next("batch") { $0 }, try frames.next("goodbye") { $0 }]
        #expect(try Wire.packed(messages, version: version) == answer)
        #expect(try Wire.packed(messages, version: version + 1) != answer)
        #expect(messages[0].asBatch?.texts.count == 100)
      }
    }
  }

  @Test func `is sent more bytes the older it is`() throws {
    _ = try branch.record((0..<20).map { draft("\($0)") })
    let size = try branch.holdings().clock[branch.log]
    let batch = try #require(
      try branch.batches(
        of: Scorebook_V1_Want([(branch.log, size - 19...size)]), for: .anyone, max: 1
      ).first)
    let bodies = try [1, 2, 3].map { try Wire.packed([.batch(batch)], version: $0) }
    // Twenty commitments of 32 bytes that do not shrink.
    #expect(bodies[0].count > bodies[1].count + 20 * 30)
    #expect(bodies[1].count > bodies[2].count)
    for body in bodies { #expect(try Wire.unpacked(body).next()?.batch == batch) }
  }
}

extension Wire.Message {
  fileprivate var asGoodbye: Scorebook_V1_Goodbye? {
    if case .goodbye(let goodbye) = self { goodbye } else { nil }
  }

  fileprivate var asBatch: Scorebook_V1_Batch? {
    if case .batch(let batch) = self { batch } else { nil }
  }
}
