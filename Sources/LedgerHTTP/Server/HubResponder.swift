import FeedbackLedger
import HTTPTypes
import Hummingbird
import LedgerCore
import LedgerSchema
import LedgerSync
import Logging
import NIOCore
import Synchronization

/// Answers one HTTP request after another: who asks is known before more than a small body is read, and the body is
/// here as a whole, and is the one that was signed for, before the ledger hears of it.
final class HubResponder: HTTPResponder {
  /// What a request brings along besides itself: its connection, which can be closed under it.
  struct Context: InitializableFromSource {
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
      channel = source.channel
    }
  }

  private let answers: HubAnswers
  private let limits: HubLimits
  private let workers: Workers
  private let allowance: BodyAllowance
  private let nonces: NonceIssuer
  private let keys: RequestKeys
  private let hosts: HubHosts
  private let logger: Logger
  private let counters = Mutex(HubCounters())

  init(
    _ ledger: Ledger, _ limits: HubLimits, _ contacts: HubContacts, _ logger: Logger,
    reachedAt hosts: HubHosts, onQuiet: @escaping @Sendable () -> Void
  ) {
    self.limits = limits
    self.hosts = hosts
    self.logger = logger
    let allowance = BodyAllowance(limits)
    self.allowance = allowance
    answers = HubAnswers(
      ledger: ledger, limits: limits, contacts: contacts, allowance: allowance)
    workers = Workers(limits, onQuiet: onQuiet)
    nonces = NonceIssuer(limits)
    keys = RequestKeys(limit: limits.requestKeysMax)
  }

  func respond(to request: Request, context: Context) async throws -> Response {
    let start = ContinuousClock.now
    let path = request.uri.path
    var reply: HubReply
    do {
      reply = try await self.reply(to: request, path, context.channel)
    } catch {
      reply = HubReply(refusing: error, limits)
    }
    let known = HubPath.known(path)
    tell(reply, known)
    if reply.closes {
      // What it still sends is not read: its answer reaches it, and then the connection is gone.
      context.channel.triggerUserOutboundEvent(StallGuard.Refused(), promise: nil)
      context.channel.eventLoop.scheduleTask(in: .seconds(limits.refusalSeconds)) {
        context.channel.close(promise: nil)
      }
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    HubMetrics.report(known, isAnswered: reply.isAnswer, seconds: seconds)
    counters.withLock {
      $0.count(known, isAnswered: reply.isAnswer, seconds: seconds)
      if reply.isSentAway { $0.requestsSentAway += 1 }
    }
    return reply.response(
      nonce: HubPath(path) != nil ? nonces.issue() : nil, by: context.channel, limits)
  }

  /// What somebody should look into: who asks what is refused, and above all the faults of the hub itself.
  private func tell(_ reply: HubReply, _ path: String) {
    switch reply.outcome {
    case .answered: break
    case .expected: logger.debug("refused \(path): \(reply.reason)")
    case .hungUp: logger.debug("gone before its body was here: \(path)")
    case .refused, .sentAway: logger.info("refused \(path): \(reply.reason)")
    case .failed: logger.error("failed \(path): \(reply.reason)")
    }
  }

  private func reply(
    to request: Request, _ path: String, _ channel: any Channel
  ) async throws -> HubReply {
    if HubPath.isWithoutBody(path) { try Self.refuseBody(of: request) }
    switch (request.method, path) {
    case (.get, HubPath.health): return HubReply(text: "alive\n")
    case (.get, HubPath.readiness):
      _ = try await figures()
      return HubReply(text: "ready\n")
    case (.get, HubPath.metrics): return HubReply(text: try await metrics())
    default:
      guard request.method == .post, let path = HubPath(path) else { throw HubFault.noSuchPath }
      return try await reply(to: request, asking: path, channel)
    }
  }

  private func reply(
    to request: Request, asking path: HubPath, _ channel: any Channel
  ) async throws -> HubReply {
    guard
      hosts.contain(request.head.authority, at: channel.localAddress, from: channel.remoteAddress)
    else { throw HubFault.misdirected }
    return switch path.question {
    case .nonces: HubReply(frames: try nonceFrame())
    case .join: try await join(request, channel)
    case .hello, .pull, .push, .fork: try await answer(request, path, channel)
    }
  }

  /// Nobody would read it, or ask when it ends: a body that dribbles would keep its connection for ever.
  private static func refuseBody(of request: Request) throws {
    guard request.headers[.transferEncoding] == nil else { throw HubFault.lengthRequired }
    let length = request.headers[.contentLength] ?? "0"
    guard Int(length) == 0 else {
      throw SyncRefusal.tooLarge(what: "body", got: Int(length) ?? .max, limit: 0)
    }
  }

  private func metrics() async throws -> String {
    let figures = try await figures()
    var now = counters.withLock { $0 }
    now.bodyBytes = allowance.bytes
    return PrometheusText.text(now, figures)
  }

  /// Supervisors ask every second or two: a hub that is asked by nobody else is quiet.
  private func figures() async throws -> LedgerFigures {
    try await workers.run(isWatched: false) { [ledger = answers.ledger] in try ledger.figures() }
  }

  private func nonceFrame() throws -> [UInt8] {
    var message = Scorebook_V1_Nonces()
    message.nonces = (0..<limits.noncesPerRequest).map { _ in nonces.issue() }
    return try Wire.packed([.nonces(message)])
  }

  /// Learns a log's request key.
  private func join(_ request: Request, _ channel: any Channel) async throws -> HubReply {
    let length = try Self.length(of: request, limit: limits.strangerBytesMax)
    let body = try await body(of: request, length, channel)
    let (log, key) = try await workers.run { [ledger = answers.ledger] in
      let frames = try Wire.unpacked(body)
      let join = try frames.next("join", \.asJoin)
      try frames.end()
      return try ledger.requestKey(of: join)
    }
    keys.set(key, of: log)
    return HubReply(frames: try Wire.packed([.goodbye(Scorebook_V1_Goodbye())]))
  }

  private func answer(
    _ request: Request, _ path: HubPath, _ channel: any Channel
  ) async throws -> HubReply {
    let now = answers.ledger.surroundings.now()
    let signed: RequestSignature.Verified
    do throws(SignatureRefusal) {
      signed = try RequestSignature.verify(RequestHead(request.head)) { id in
        LogID(hexadecimal: id).flatMap { keys.key(of: $0) }
      }
    } catch {
      guard error == .unknownKey, let length = Self.length(of: request),
        length <= limits.strangerBytesMax
      else { throw error }
      // Presents its key next, over the same connection: another one costs more than so small a body.
      _ = try await body(of: request, length, channel)
      return HubReply(refusing: error, limits, closes: false)
    }
    guard nonces.spend(signed.nonce) else { throw SignatureRefusal.badNonce }
    guard let log = LogID(hexadecimal: signed.keyID) else { throw SignatureRefusal.unknownKey }
    let length = try Self.length(of: request, limit: SyncLimits.exchangeBytesMax)
    let share = try await share(of: length, for: log)
    defer { share?.giveBack() }
    let body = try await body(of: request, length, channel)
    guard ContentDigest.matches(signed.digest, body) else { throw SignatureRefusal.badDigest }
    let (frames, payer) = try await workers.run { [answers] in
      (try answers.answer(path, body, from: log, at: now), try answers.payer(of: log))
    }
    return HubReply(frames: frames, holding: allowance.count(answer: frames.count, to: payer))
  }

  /// Room for a body of which nothing is here yet; nil for one that is free, of whoever asks.
  private func share(of length: Int, for log: LogID) async throws -> BodyAllowance.Share? {
    guard length > limits.strangerBytesMax else { return nil }
    let payer = try await workers.run { [answers] in try answers.payer(of: log) }
    return try allowance.take(length, for: payer)
  }

  /// Bytes of the body; nil where the request does not say.
  private static func length(of request: Request) -> Int? {
    request.headers[.contentLength].flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil }
  }

  private static func length(of request: Request, limit: Int) throws -> Int {
    guard let length = length(of: request) else { throw HubFault.lengthRequired }
    guard length <= limit else {
      throw SyncRefusal.tooLarge(what: "body", got: length, limit: limit)
    }
    return length
  }

  /// The whole body, or the end of the connection: a sender that dribbles is cut off when the body could long be here.
  ///
  /// - Throws: `HubFault.hungUp`.
  private func body(
    of request: Request, _ length: Int, _ channel: any Channel
  ) async throws -> [UInt8] {
    let deadline = channel.eventLoop.scheduleTask(
      in: .milliseconds(limits.deadlineMilliseconds(ofBody: length))
    ) {
      channel.close(promise: nil)
    }
    defer { deadline.cancel() }
    let buffer: ByteBuffer
    do {
      buffer = try await request.body.collect(upTo: length)
    } catch {
      // However the library words it: a body of the length that was said can end in no other way.
      throw HubFault.hungUp
    }
    // A connection that ends in order ends the body with it.
    guard buffer.readableBytes == length else { throw HubFault.hungUp }
    return Array(buffer.readableBytesView)
  }
}

extension RequestHead {
  init(_ head: HTTPRequest) {
    self.init(
      method: head.method.rawValue, authority: head.authority ?? "", target: head.path ?? "/",
      fields: head.headerFields.map { ($0.name.canonicalName, $0.value) })
  }
}
