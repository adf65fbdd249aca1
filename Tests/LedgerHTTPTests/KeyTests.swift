import Crypto
import FeedbackLedger
import Foundation
import LedgerCore
import LedgerHTTP
import LedgerSchema
import LedgerSync
import TestSupport
import Testing

/// One key of a site signs its requests and another one its log: who gets hold of the first asks
/// questions, and writes nothing that anybody takes.
@Suite struct `The two keys of a site` {
  private let hub: Ledger
  private let branch: Ledger
  private let requestKey: Curve25519.Signing.PrivateKey
  private let logKey: Curve25519.Signing.PrivateKey

  init() throws {
    (hub, branch) = try Hub.withBranch(seed: 91)
    requestKey = try branch.requestKey()
    logKey = try Curve25519.Signing.PrivateKey(rawRepresentation: branch.identity.logKey)
  }

  @Test func `the key of the log signs no request`() async throws {
    #expect(Array(requestKey.rawRepresentation) != Array(logKey.rawRepresentation))
    let body = try Wire.packed([.hello(try branch.holdings().hello)])
    try await Hub.serving(hub) { server in
      // The hub learns the request key.
      try await server.sync(branch)
      for (key, expected) in [(requestKey, 200), (logKey, 401), (requestKey, 200)] {
        let request = try await server.request(HubPath.hello, body, for: branch.log, by: key)
        #expect(try await server.status(of: request) == expected)
      }
    }
  }

  /// Pushed by the site itself, with requests that are signed as they should be.
  @Test func `the key of requests signs no head`() async throws {
    let held = try hub.holdings().clock[branch.log]
    try branch.recordAnswers(5)
    let fresh = try branch.holdings().clock[branch.log] - held
    try await Hub.serving(hub) { server in
      let refused = try await push(headSignedBy: requestKey, to: server)
      #expect(refused.events == 0)
      #expect(
        refused.refusals.map { SyncRefusal($0) } == [
          .badCheckpoint(log: branch.log, "the signature does not hold")
        ])
      #expect(try hub.holdings().clock[branch.log] == held)
      let taken = try await push(headSignedBy: logKey, to: server)
      #expect(taken.events == fresh && taken.refusals.isEmpty)
      #expect(try hub.holdings().clock[branch.log] == held + fresh)
    }
    #expect(try hub.verify().findings.isEmpty)
  }

  /// - Returns: what the hub says that it has taken, and refused.
  private func push(
    headSignedBy key: Curve25519.Signing.PrivateKey, to server: Hub
  ) async throws -> Scorebook_V1_Goodbye {
    let body = try Wire.packed(try frames(headSignedBy: key))
    return try await Hub.blocking {
      let connection = try HubConnection(branch, to: HubAddress(server.url()), trust: .system)
      defer { try? connection.close() }
      return try connection.post(HubPath.push, body).next("goodbye") { $0.asGoodbye }
    }
  }

  /// Everything of the branch's log that the hub lacks.
  private func frames(headSignedBy key: Curve25519.Signing.PrivateKey) throws -> [Wire.Message] {
    let log = branch.log
    let (mine, theirs) = (try branch.holdings(), try hub.holdings())
    let known = try #require(theirs.heads.first { $0.log == log }).head
    let own = try #require(mine.heads.first { $0.log == log }).head
    let signer = NoteSigner(name: CheckpointOrigin(ledger: mine.ledger, log: log).name, key: key)
    let note = try signer.signCheckpoint(size: own.size, root: own.root).description
    let promise = PromisedHead(
      log: log, chain: HeadChain(signed: own.size, root: own.root, note: note))
    var hello = try mine.hello(answering: theirs.hello)
    hello.heads.removeAll { $0.head.log == promise.message.head.log }
    hello.heads.append(promise.message)
    let question = ForkSearch.question(known)
    let want = Scorebook_V1_Want([(log, known.size + 1...own.size)])
    let batch = try #require(try branch.batches(of: want, for: .log(hub.log), max: 1).first)
    var goodbye = Scorebook_V1_Goodbye()
    goodbye.events = own.size - known.size
    return [
      .hello(hello), .forkQuestion(question), .forkAnswer(try branch.answer(question)),
      .batch(batch), .goodbye(goodbye),
    ]
  }
}

extension Wire.Message {
  fileprivate var asGoodbye: Scorebook_V1_Goodbye? {
    if case .goodbye(let goodbye) = self { goodbye } else { nil }
  }
}
