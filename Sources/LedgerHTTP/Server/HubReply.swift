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
}

/// One answer, before it is HTTP: the place that gives each refusal its status.
struct HubReply {
  private let status: HTTPResponse.Status
  private let contentType: String
  private let body: [UInt8]
  private var retryAfterSeconds: Int?
  /// For the log of the hub: the name of a case, never what somebody sent.
  let reason: String
  /// Whether the connection ends with it: always when the request's body was not read.
  let closes: Bool

  var isAnswer: Bool { status == .ok }
  var isSentAway: Bool { status == .serviceUnavailable }

  init(text: String) {
    status = .ok
    contentType = "text/plain; version=0.0.4; charset=utf-8"
    body = Array(text.utf8)
    reason = ""
    closes = false
  }

  init(frames: [UInt8]) {
    status = .ok
    contentType = Wire.contentType
    body = frames
    reason = ""
    closes = false
  }

  init(refusing error: any Error, _ limits: HubLimits, closes: Bool = true) {
    var message = Scorebook_V1_Refusal()
    (status, message) = Self.wording(of: error)
    if error is Workers.Busy { retryAfterSeconds = limits.retryAfterSeconds }
    contentType = Wire.contentType
    body = (try? Wire.packed([.refusal(message)])) ?? []
    reason = message.kind
    self.closes = closes
  }

  private static func wording(
    of error: any Error
  ) -> (HTTPResponse.Status, Scorebook_V1_Refusal) {
    func refusal(_ kind: String) -> Scorebook_V1_Refusal {
      var message = Scorebook_V1_Refusal()
      message.kind = kind
      return message
    }
    return switch error {
    case let refusal as SyncRefusal: (status(of: refusal), refusal.message)
    case let signature as SignatureRefusal: (.unauthorized, refusal(signature.rawValue))
    case is RevokedLog: (.forbidden, refusal("revoked"))
    case is Workers.Busy: (.serviceUnavailable, refusal("busy"))
    case HubFault.noSuchPath: (.notFound, refusal("noSuchPath"))
    case HubFault.lengthRequired: (.lengthRequired, refusal("lengthRequired"))
    case is NIOTooManyBytesError: (.contentTooLarge, refusal("tooLarge"))
    default: (.internalServerError, refusal("internal"))
    }
  }

  private static func status(of refusal: SyncRefusal) -> HTTPResponse.Status {
    switch refusal {
    case .malformed, .badCheckpoint, .badProof, .undecodable, .textMismatch: .badRequest
    case .tooLarge, .tooMany: .contentTooLarge
    case .protocolVersion, .stranger, .gap, .fork: .conflict
    case .uninvited, .pendingIsFull: .forbidden
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
    return Response(
      status: status, headers: headers, body: TimedBody(body, by: channel, limits).responseBody)
  }
}
