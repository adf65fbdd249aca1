import AsyncHTTPClient
import FeedbackLedger
import LedgerCore
import LedgerHTTP
import LedgerSchema
import LedgerStore
import LedgerSync
import NIOCore
import NIOHTTP1
import NIOSSL
import TestSupport
import Testing

/// A hub says which log is its own, and proves it: as that log it is given texts, and is taken for a copy of who asks.
@Suite struct `A hub that names a log as its own` {
  private let folder: TemporaryFolder
  private let world: World
  private let branch: Ledger
  private var authority: Ledger { world.authority }
  /// Scores only.
  private let agency: Ledger

  init() throws {
    folder = try TemporaryFolder()
    (world, branch) = try Hub.withBranch(seed: 61, in: folder)
    let invitation = try world.authority.invite("agency", withoutText: true)
    agency = try Ledger.create(
      at: folder.path("agency.ledger"), site: "agency", invitation: invitation)
    for ledger in [agency, branch, agency, branch] { _ = try ledger.sync(with: world.authority) }
    let draft = EventDraft(
      Bodies.response([Bodies.nps(3)]), texts: [EventDraft.Text(field: .comment, text: "slow")])
    _ = try branch.record([draft])
  }

  /// The agency's program is changed so that it speaks as another log, whose key it does not have.
  private func agency(naming log: LogID) throws -> Ledger {
    let number = try #require(try agency.store.read { _, state in state.numbers[log] })
    try agency.store.exclusively { try LocalSetting.ownLog.set(Int64(number), in: $0) }
    let liar = try Ledger.open(at: folder.path("agency.ledger"))
    #expect(liar.log == log)
    return liar
  }

  @Test func `gets texts as that log once it has proven it`() async throws {
    try await Hub.serving(authority) { server in
      let outcome = try await server.sync(branch)
      #expect(outcome.there.texts == 1)
      #expect(outcome.there.refusals == [])
    }
    #expect(try authority.verify().texts == 1)
  }

  @Test func `gets events alone where it names head office's`() async throws {
    let liar = try agency(naming: authority.log)
    func contact() throws -> Instant? {
      try branch.sites().first { $0.site == authority.site }?.lastContact
    }
    let before = try #require(try contact())
    world.sites[1].clock.turn(seconds: 3_600)
    try await Hub.serving(liar) { server in
      let outcome = try await server.sync(branch)
      #expect(outcome.there.received > 0)
      #expect(outcome.there.refusals.contains(.unproven(log: authority.log)))
    }
    #expect(try liar.verify().texts == 0)
    // Neither is that a contact of head office.
    #expect(try contact() == before)
  }

  @Test func `gets events alone as a log that nobody knows, and the site is told`() async throws {
    let unknown = LogID(high: 1, low: 2)
    try agency.store.write { _ = try $0.number(of: unknown) }
    let liar = try agency(naming: unknown)
    try await Hub.serving(liar) { server in
      let outcome = try await server.sync(branch)
      #expect(outcome.there.received > 0)
      #expect(outcome.there.texts == 0)
      #expect(outcome.there.refusals == [.unproven(log: unknown)])
    }
    #expect(try liar.verify().texts == 0)
  }

  /// As a file too.
  @Test func `is refused where it names head office's on the same machine`() throws {
    let liar = try agency(naming: authority.log)
    #expect(throws: SyncRefusal.unproven(log: authority.log)) { try branch.sync(with: liar) }
    #expect(try liar.verify().texts == 0)
  }

  @Test func `drives nobody out of the log that is named`() async throws {
    for ledger in [branch, agency] { _ = try ledger.sync(with: authority) }
    let log = branch.log
    let liar = try agency(naming: log)
    try await Hub.serving(liar) { server in
      try await Hub.blocking {
        let connection = try HubConnection(branch, to: HubAddress(server.url()), trust: .system)
        defer { try? connection.close() }
        let peer = HubPeer(branch, connection)
        #expect(try peer.hello(for: branch.holdings()).log.isEmpty)
        #expect(peer.doubt == .unproven(log: log))
        #expect(try branch.sync(withPeer: peer).here.successions == [])
      }
    }
    #expect(branch.log == log)
    #expect(try liar.verify().texts == 0)
  }

  /// Whoever has stolen a key can prove that he has it, also after it was given up.
  @Test func `gets no texts as a log whose key was given up`() async throws {
    let shop = try Ledger.create(
      at: folder.path("shop.ledger"), site: "shop", invitation: try authority.invite("shop"))
    for _ in 0..<2 { _ = try shop.sync(with: authority) }
    _ = try branch.sync(with: authority)
    let thief = try Twin.of(shop, named: "thief.ledger", in: folder, surroundings: .system)
    let stolen = thief.log
    try shop.rotateKey()
    for ledger in [shop, branch] { _ = try ledger.sync(with: authority) }
    let draft = EventDraft(
      Bodies.response([Bodies.nps(3)]), texts: [EventDraft.Text(field: .comment, text: "rude")])
    _ = try branch.record([draft])
    try await Hub.serving(thief) { server in
      let outcome = try await server.sync(branch)
      #expect(outcome.there.texts == 0)
      #expect(outcome.there.refusals.contains(.disowned(log: stolen)))
    }
    #expect(try !thief.missingTexts().isEmpty)
  }

  /// Also where somebody in the middle hands a site's requests to the hub that the site itself runs.
  @Test func `is not taken for a copy where it serves the very ledger that asks`() async throws {
    let log = branch.log
    let again = try Ledger.open(at: folder.path("branch.ledger"))
    try await Hub.serving(again) { server in
      await #expect(throws: HubError.refused(.ownLedger)) { try await server.sync(branch) }
    }
    #expect(branch.log == log && again.log == log)
    // Whoever hides from the client who answers it hands its push on all the same.
    let peer = LocalPeer(branch, for: log)
    let report = try again.receive(everythingFromPeer: peer, hasAsked: false)
    #expect(report.successions == [])
    #expect(again.log == log)
  }

  @Test func `is told that a challenge is none, and signs nothing`() async throws {
    var question = try branch.holdings().question
    #expect(try authority.hello(answering: question).proof.isEmpty)
    for count in [1, 15, 17, 1_000] {
      question.challenge = ProtobufBytes.data([UInt8](repeating: 7, count: count))
      #expect(throws: SyncRefusal.malformed("a challenge that is none")) {
        try authority.hello(answering: question)
      }
    }
  }

  /// What one proof is good for: this log, to that one, in one session.
  @Test func `proves nothing by what it signed for somebody else`() throws {
    var question = try branch.holdings().question
    question.challenge = branch.newChallenge()
    let answer = try authority.hello(answering: question)
    func isProven(
      _ answer: Scorebook_V1_Hello, by log: LogID, to asked: Scorebook_V1_Hello
    ) throws -> Bool? {
      try branch.isProven(answer, answering: log, challenge: asked.challenge)
    }
    #expect(try isProven(answer, by: branch.log, to: question) == true)
    #expect(try isProven(answer, by: agency.log, to: question) == false)
    var later = question
    later.challenge = branch.newChallenge()
    #expect(try isProven(answer, by: branch.log, to: later) == false)
    var other = answer
    other.log = ProtobufBytes.data(branch.log.bytes)
    #expect(try isProven(other, by: branch.log, to: question) == false)
    other.log = ProtobufBytes.data(LogID(high: 1, low: 2).bytes)
    #expect(try isProven(other, by: branch.log, to: question) == nil)
    other = answer
    other.proof = ProtobufBytes.data([])
    #expect(try isProven(other, by: branch.log, to: question) == false)
  }

  /// A hub between a site and another hub would hand on requests as they were signed.
  @Test func `answers what was signed for a host of its certificate, and nothing else`()
    async throws
  {
    let certificate = try HubCertificate.selfSigned(names: ["localhost"])
    try await Hub.serving(authority, certificate) { server in
      for path in [HubPath.hello, HubPath.join, HubPath.nonces] {
        // What the certificate does not name.
        let refused = try await Self.status(of: path, at: "127.0.0.1", server)
        #expect(refused == 421)
        let heard = try await Self.status(of: path, at: "LOCALHOST", server)
        #expect(heard != 421 && (heard == 200) == (path == HubPath.nonces))
      }
    }
  }

  /// Of a request by a client that does not look at the certificate.
  private static func status(
    of path: String, at host: String, _ server: Hub
  ) async throws -> Int {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.certificateVerification = .none
    let client = HTTPClient(
      eventLoopGroupProvider: .singleton,
      configuration: HTTPClient.Configuration(tlsConfiguration: tls))
    let url = "https://\(host):\(server.port)\(path)"
    return try await Hub.blocking {
      defer { try? client.syncShutdown() }
      return Int(try client.post(url: url).wait().status.code)
    }
  }
}
