import AsyncHTTPClient
import Crypto
package import FeedbackLedger
import Foundation
package import LedgerCore
import LedgerSchema
import LedgerSync
import NIOCore
import NIOHTTP1
import NIOSSL
import Synchronization

/// Signed requests to one hub, one after another. It blocks: sessions are synchronous, and this end waits anyway.
package final class HubConnection: Sendable {
  /// What the hub's certificate is checked against.
  package enum Trust: Hashable, Sendable {
    /// The authorities that the system knows.
    case system
    /// These certificates (PEM, one after the other) and no others.
    case certificate(String)
  }

  package let address: HubAddress
  private let ledger: Ledger
  private let trust: Trust
  private let client: HTTPClient
  private let nonces = Mutex<[String]>([])
  private let hasAnswered = Atomic(false)

  /// A nonce may be out of date, and the key unknown. The key is presented once. A nonce is got anew in every round
  /// that needs one: it costs one small request, and a hub that is started anew just then, or a body that was long on
  /// its way, makes the second one worthless as well.
  private static let attemptsMax = 4

  /// - Throws: for a certificate that is none.
  package init(
    _ ledger: Ledger, to address: HubAddress, trust: Trust, showing own: CertificatePair? = nil
  ) throws {
    self.ledger = ledger
    self.address = address
    self.trust = trust
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: try Self.tls(trusting: trust, showing: own),
      redirectConfiguration: .disallow,
      timeout: .init(
        connect: .seconds(HubAnswerLimits.connectSecondsMax),
        read: .seconds(HubAnswerLimits.silenceSecondsMax),
        write: .seconds(HubAnswerLimits.silenceSecondsMax)))
    configuration.httpVersion = .http1Only
    configuration.http1_1ConnectionDebugInitializer = LineWatch.start(on:)
    configuration.connectionPool.idleTimeout = .seconds(HubAnswerLimits.idleSecondsMax)
    // A failure is told to the session, which knows better when to try again.
    configuration.connectionPool.retryConnectionEstablishment = false
    // One event loop, of the connection and of who writes to it: on two of them an answer may overtake the end of its
    // request, and a line that breaks just then ends the process (AsyncHTTPClient 1.37, `HTTP1ClientChannelHandler`: a
    // connection that is closed already is given back to the pool, which takes that for a fault of its own). To ask for
    // a loop with each request would have each of them make a connection of its own.
    client = HTTPClient(
      eventLoopGroupProvider: .shared(HTTPClient.defaultEventLoopGroup.any()),
      configuration: configuration)
  }

  /// What a session asks of the hub's end, and shows to it.
  private static func tls(
    trusting trust: Trust, showing own: CertificatePair?
  ) throws -> TLSConfiguration {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.minimumTLSVersion = .tlsv13
    if case .certificate(let pem) = trust {
      tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(pem.utf8)))
    }
    if let own {
      tls.certificateChain = try own.chain()
      tls.privateKey = try own.privateKey()
    }
    return tls
  }

  /// To be called once, when nothing more is asked.
  package func close() throws {
    try client.syncShutdown()
  }

  /// Sends a signed request.
  ///
  /// `log`: which the body says it is from; nil where it says nothing.
  /// - Throws: `HubError`.
  package func post(
    _ path: String, _ body: [UInt8], from log: LogID? = nil
  ) throws -> FrameUnpacker {
    try Wire.unpacked(packedAnswer(path, body, from: log))
  }

  /// The same; the answer as it came.
  package func packedAnswer(
    _ path: String, _ body: [UInt8], from log: LogID? = nil
  ) throws -> [UInt8] {
    var hasJoined = false
    for _ in 0..<Self.attemptsMax {
      let answer = try send(path, body, signedWith: try takeNonce(), from: log)
      if answer.status == 200 { return answer.body }
      let refusal = try Self.refusal(answer)
      switch (answer.status, SignatureRefusal(rawValue: refusal.kind)) {
      case (401, .badNonce): nonces.withLock { $0.removeAll() }
      case (401, .unknownKey) where !hasJoined, (401, .badSignature) where !hasJoined:
        // It was started anew, or this log is new to it.
        hasJoined = true
        try join()
      case (401, _): throw HubError.unauthorized(refusal.kind)
      default: throw error(answer, refusal)
      }
    }
    throw HubError.unauthorized(SignatureRefusal.badNonce.rawValue)
  }

  /// Presents the key that signs this ledger's requests.
  private func join() throws {
    let body = try Wire.packed([.join(try ledger.joining())])
    let answer = try send(HubPath.join, body, signedWith: nil)
    guard answer.status == 200 else { throw error(answer, try Self.refusal(answer)) }
  }

  private func takeNonce() throws -> String {
    if let nonce = nonces.withLock({ $0.popLast() }) { return nonce }
    let answer = try send(HubPath.nonces, [], signedWith: nil)
    guard answer.status == 200 else { throw error(answer, try Self.refusal(answer)) }
    let fresh = try Wire.unpacked(answer.body).next("nonces", \.asNonces).nonces
    return try nonces.withLock { nonces in
      nonces += fresh.prefix(HubAnswerLimits.noncesMax)
      guard let nonce = nonces.popLast() else { throw HubError.strange(status: answer.status) }
      return nonce
    }
  }

  private struct Answer {
    var status: Int
    var body: [UInt8]
    var retryAfterSeconds: Int?
  }

  private func send(
    _ path: String, _ body: [UInt8], signedWith nonce: String?, from log: LogID? = nil
  ) throws -> Answer {
    let fields = try fields(path, body, nonce: nonce, from: log)
    let request: HTTPClient.Request
    do {
      request = try HTTPClient.Request(
        url: address.url(path), method: .POST, headers: HTTPHeaders(fields),
        body: .byteBuffer(ByteBuffer(bytes: body)))
    } catch {
      throw HubError.badURL(address.url(path))
    }
    let response: HTTPClient.Response
    do {
      response = try client.execute(
        request: request,
        delegate: ResponseAccumulator(request: request, maxBodySize: SyncLimits.exchangeBytesMax),
        deadline: .now() + .seconds(HubAnswerLimits.requestSecondsMax)
      ).futureResult.wait()
    } catch {
      throw HubError(
        error, at: address, trusting: trust, isFirst: !hasAnswered.load(ordering: .relaxed))
    }
    hasAnswered.store(true, ordering: .relaxed)
    if let nonce = response.headers.first(name: HubPath.nonceField) {
      nonces.withLock { $0.append(nonce) }
    }
    return Answer(
      status: Int(response.status.code),
      body: response.body.map { Array($0.readableBytesView) } ?? [],
      retryAfterSeconds: response.headers.first(name: "retry-after").flatMap { Int($0) })
  }

  private func fields(
    _ path: String, _ body: [UInt8], nonce: String?, from said: LogID?
  ) throws -> [(String, String)] {
    let fields = [
      ("host", address.authority), ("content-type", Wire.contentType),
      (ContentDigest.field, ContentDigest.value(of: body)),
    ]
    guard let nonce else { return fields }
    let head = RequestHead(
      method: "POST", authority: address.authority, target: path,
      fields: fields.map { (name: $0.0, value: $0.1) })
    let created = ledger.surroundings.now().microseconds / 1_000_000
    // Another program may have rotated the key, or found that the file was put back.
    let (key, log) = (try ledger.requestKey(), ledger.log)
    if let said, said != log { throw HubError.wentOn(from: said) }
    let signed = try RequestSignature.fields(
      for: head, key: key, keyID: log.description, nonce: nonce, created: created)
    return fields + signed.map { ($0.name, $0.value) }
  }

  private static func refusal(_ answer: Answer) throws -> Scorebook_V1_Refusal {
    guard let refusal = try? Wire.unpacked(answer.body).next("refusal", \.asRefusal) else {
      throw HubError.strange(status: answer.status)
    }
    return refusal
  }

  private func error(_ answer: Answer, _ refusal: Scorebook_V1_Refusal) -> HubError {
    let asked = answer.retryAfterSeconds.map {
      min(HubAnswerLimits.retryAfterSecondsMax, max(1, $0))
    }
    if answer.status >= 500, let failure = HubFailure(rawValue: refusal.kind) {
      return .failed(failure, at: address.authority, retryAfterSeconds: asked ?? 0)
    }
    return switch answer.status {
    case 403 where refusal.kind == "revoked": .revoked(ledger.log)
    case 403 where refusal.kind == "pending": .pending(ledger.log)
    case 421: .misdirected(address.authority)
    case 503: .busy(retryAfterSeconds: asked ?? 1)
    case 400, 403, 409, 413: .refused(SyncRefusal(refusal))
    default: .strange(status: answer.status)
    }
  }
}
