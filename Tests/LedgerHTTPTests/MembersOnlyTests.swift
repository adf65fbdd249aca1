import FeedbackLedger
import LedgerCore
import LedgerHTTP
import LedgerSchema
import LedgerStore
import LedgerSync
import TestSupport
import Testing

/// What a hub gives: entries to members only. Who waits for a person's word, or shows an invitation that another one
/// has used, brings what it has, and is given nothing of others'.
@Suite struct `What a hub gives who is no member` {
  private let hub: Ledger

  init() throws {
    hub = try Hub.withBranch(seed: 47).hub
    try hub.recordAnswers(5)
  }

  private func join(_ invitation: InvitationFile) throws -> Ledger {
    try Ledger.create(at: nil, site: "shop", invitation: invitation)
  }

  @Test func `nothing of others before its approval, and everything after it`() async throws {
    let shop = try join(try hub.invite("shop", needsApproval: true))
    try shop.recordAnswers(3)
    try await Hub.serving(hub) { server in
      for _ in 1...2 {
        let outcome = try await server.sync(shop)
        #expect(outcome.there.pending > 0)
        #expect(try shop.heads().map(\.head.log) == [shop.log])
      }
      _ = try hub.approve("shop")
      let outcome = try await server.sync(shop)
      #expect(outcome.here.received > 5)
    }
    #expect(try Set(shop.heads().map(\.head)) == Set(hub.heads().map(\.head)))
  }

  @Test func `nothing to the second who shows an invitation`() async throws {
    let invitation = try hub.invite("shop")
    let (first, second) = (try join(invitation), try join(invitation))
    try await Hub.serving(hub) { server in
      let reports = (try await server.sync(first).here, try await server.sync(second).here)
      #expect(reports.0.received > 5)
      #expect(reports.1.received == 0)
    }
    #expect(try second.heads().map(\.head.log) == [second.log])
  }

  /// Its log is new to the hub, and goes on from a member's.
  @Test func `everything to a member that goes on in another log`() async throws {
    let shop = try join(try hub.invite("shop"))
    try await Hub.serving(hub) { server in
      _ = try await server.sync(shop)
      try shop.startSuccessor(.copied)
      try hub.recordAnswers(2)
      let outcome = try await server.sync(shop)
      #expect(outcome.here.received > 1)
    }
    #expect(try Set(shop.heads().map(\.head)) == Set(hub.heads().map(\.head)))
  }

  /// Its machine was put back unseen: the hub tells it so, and has not heard of the log in which it goes on then.
  @Test func `everything to a member whose log begins in the session`() async throws {
    let folder = try TemporaryFolder()
    let (world, branch) = try Hub.withBranch(seed: 48, in: folder)
    let log = branch.log
    try branch.recordAnswers(3)
    let image = try await Hub.serving(world.authority) { server in
      try await server.sync(branch)
      try branch.store.checkpoint()
      let image = try FileImage(of: folder.path("branch.ledger"))
      try branch.recordAnswers(5)
      try await server.sync(branch)
      return image
    }
    try branch.store.checkpoint()
    try image.putBack()
    let restored = try Ledger.open(
      at: folder.path("branch.ledger"), surroundings: world.sites[1].clock.surroundings)
    #expect(restored.log == log)
    try await Hub.serving(world.authority) { server in
      let outcome = try await server.sync(restored)
      #expect(outcome.here.successions == [.peerHoldsMore(log)])
      #expect(outcome.here.received >= 5)
      #expect(outcome.there.pending == 0)
    }
    #expect(restored.log != log)
    #expect(try StoreCounters(restored).kept().total(.nps) == 8)
  }

  /// By whoever does not push first.
  @Test func `nothing to who only asks`() async throws {
    let shop = try join(try hub.invite("shop"))
    let log = hub.log
    try await Hub.serving(hub) { server in
      try await Hub.blocking {
        let connection = try HubConnection(shop, to: HubAddress(server.url()), trust: .system)
        defer { try? connection.close() }
        var question = Scorebook_V1_ForkQuestion()
        question.log = ProtobufBytes.data(log.bytes)
        question.commonSeq = 0
        let asked: [(String, Scorebook_V1_Frame.OneOf_Message)] = [
          (HubPath.pull, .want(Scorebook_V1_Want([(log, 1...5)]))),
          (HubPath.fork, .forkQuestion(question)),
        ]
        for (path, message) in asked {
          #expect(throws: HubError.pending(shop.log)) {
            try connection.post(path, try Wire.packed([message]))
          }
        }
      }
    }
  }
}
