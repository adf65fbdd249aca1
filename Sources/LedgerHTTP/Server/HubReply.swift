import FeedbackLedger
import HTTPTypes
import Hummingbird
import LedgerCore
import LedgerSchema
import LedgerSync
import NIOCore

/// What a hub cannot answer, for reasons of HTTP alone.
enum HubFault: String, Error {
  case noSuchPath
  case lengthRequired
  /// It was signed for another hub: somebody between them hands it on.
  case misdirected
  /// The client was gone before its body was here, or was cut off.
  case hungUp
}

/// One answer, before it is HTTP: the place that gives each refusal its status.
struct HubReply {
  /// What became of the request.
  enum Outcome {
    case answered
    /// As it goes: who is new, or comes back to a hub that was started anew, presents its key next, and who waits for a
    /// person's word is given nothing before.
    case expected
    /// All are busy.
    case sentAway
    case refused
    /// Nobody is there any more who could read the answer.
    case hungUp
    /// The hub itself is at fault.
    case failed
  }

  private let status: HTTPResponse.Status
  private let contentType: String
  private let body: [UInt8]
  /// What the body has taken of the allowance.
  private var share: BodyAllowance.Share?
  private var retryAfterSeconds: Int?
  let outcome: Outcome
  /// For the log of the hub: the name of a case, never what somebody sent.
  let reason: String
  /// Whether the connection ends with it: always when the request's body was not read.
  let closes: Bool

  var isAnswer: Bool { outcome == .answered }
  var isSentAway: Bool { outcome == .sentAway }

  init(text: String) {
    self.init(answer: Array(text.utf8), "text/plain; version=0.0.4; charset=utf-8")
  }

  /// `share`: of the allowance; it is given back when the answer has left.
  init(frames: [UInt8], holding share: BodyAllowance.Share? = nil) {
    self.init(answer: frames, Wire.contentType)
    self.share = share
  }

  private init(answer: [UInt8], _ contentType: String) {
    status = .ok
    self.contentType = contentType
    body = answer
    outcome = .answered
    reason = ""
    closes = false
  }

  init(refusing error: any Error, _ limits: HubLimits, closes: Bool = true) {
    var message = Scorebook_V1_Refusal()
    (outcome, status, message) = Self.wording(of: error)
    if status == .serviceUnavailable { retryAfterSeconds = limits.retryAfterSeconds }
    contentType = Wire.contentType
    body = (try? Wire.packed([.refusal(message)])) ?? []
    let isFailure = outcome == .failed
    reason = isFailure ? "\(message.kind), \(HubFailure.name(of: error))" : message.kind
    self.closes = closes
  }

  private static func wording(
    of error: any Error
  ) -> (Outcome, HTTPResponse.Status, Scorebook_V1_Refusal) {
    switch error {
    case let refusal as SyncRefusal: (.refused, status(of: refusal), refusal.message)
    case let signature as SignatureRefusal:
      (outcome(of: signature), .unauthorized, refusal(signature.rawValue))
    case is RevokedLog: (.refused, .forbidden, refusal("revoked"))
    case is PendingLog: (.expected, .forbidden, refusal("pending"))
    case is Workers.Busy, is BodyAllowance.Exhausted:
      (.sentAway, .serviceUnavailable, refusal("busy"))
    case HubFault.noSuchPath: (.refused, .notFound, refusal("noSuchPath"))
    case HubFault.lengthRequired: (.refused, .lengthRequired, refusal("lengthRequired"))
    case HubFault.misdirected: (.refused, .misdirectedRequest, refusal("misdirected"))
    case HubFault.hungUp: (.hungUp, .badRequest, refusal("hungUp"))
    default: failure(HubFailure(error))
    }
  }

  private static func outcome(of signature: SignatureRefusal) -> Outcome {
    signature == .unknownKey ? .expected : .refused
  }

  private static func failure(
    _ failure: HubFailure
  ) -> (Outcome, HTTPResponse.Status, Scorebook_V1_Refusal) {
    (.failed, HTTPResponse.Status(code: failure.statusCode), refusal(failure.rawValue))
  }

  private static func refusal(_ kind: String) -> Scorebook_V1_Refusal {
    var message = Scorebook_V1_Refusal()
    message.kind = kind
    return message
  }

  private static func status(of refusal: SyncRefusal) -> HTTPResponse.Status {
    switch refusal {
    case .malformed, .badCheckpoint, .badProof, .undecodable, .textMismatch: .badRequest
    case .tooLarge, .tooMany: .contentTooLarge
    case .protocolVersion, .stranger, .gap, .fork, .ownLedger: .conflict
    case .uninvited, .pendingIsFull, .unproven, .disowned: .forbidden
    }
  }

  /// `channel`: the connection that it leaves by.
  func response(nonce: String?, by channel: any Channel, _ limits: HubLimits) -> Response {
    var headers = HTTPFields()
    headers[.contentType] = contentType
    // Names of sites are in some of them, and none is a page.
    headers[.xContentTypeOptions] = "nosniff"
    if closes { headers[.connection] = "close" }
    if let retryAfterSeconds { headers[.retryAfter] = String(retryAfterSeconds) }
    if let nonce, let name = HTTPField.Name(HubPath.nonceField) { headers[name] = nonce }
    let timed = TimedBody(body, by: channel, limits, holding: share)
    return Response(status: status, headers: headers, body: timed.responseBody)
  }
}
