package import Foundation
package import LedgerCore
package import LedgerSync

/// Why a hub did not answer as it should. Cases are facts; the wording is the caller's.
package enum HubError: Error, Hashable, Sendable {
  /// What was given is no URL of a hub.
  case badURL(String)
  /// No connection, or it broke off.
  case unreachable(String, reason: String)
  /// The hub's certificate is not the one that is trusted.
  case untrusted(String)
  /// The certificate that is trusted is no good yet or any more, by this machine's clock; every other one that is
  /// trusted is neither.
  case outOfDate(String, validity: Range<Date>, now: Date)
  /// It answers without TLS.
  case plain(String)
  /// It hears only sites that show a certificate which it trusts, and was shown none, or another.
  case wantsCertificate(String)
  /// It has too much to do just now.
  case busy(retryAfterSeconds: Int)
  /// It does not believe the request's signature, or does not know the log.
  case unauthorized(String)
  /// It answers this log no more.
  case revoked(LogID)
  /// It gives this log nothing before somebody has said that it belongs.
  case pending(LogID)
  /// The ledger went on in a new log while the session spoke for the one before it.
  case wentOn(from: LogID)
  /// It says that what was signed for this address is not for it.
  case misdirected(String)
  /// It refuses what was sent.
  case refused(SyncRefusal)
  /// It is at fault itself, as it says.
  case failed(HubFailure, at: String, retryAfterSeconds: Int)
  /// It answers like no hub.
  case strange(status: Int)

  /// How long it asks to be left alone; 0 where it does not ask.
  package var retryAfterSeconds: Int {
    switch self {
    case .busy(let seconds), .failed(_, _, let seconds): seconds
    // Only a hub that is there, and in order but for the moment, asks.
    case .badURL, .unreachable, .untrusted, .outOfDate, .plain, .wantsCertificate, .unauthorized,
      .revoked, .pending, .wentOn, .misdirected, .refused, .strange:
      0
    }
  }

  /// Whether the same might go well a little later. When a hub's own faults are mended, nobody knows here.
  package var isTransient: Bool {
    switch self {
    case .unreachable, .busy, .wentOn, .failed: true
    case .strange(let status): status >= 500
    case .badURL, .untrusted, .outOfDate, .plain, .wantsCertificate, .unauthorized, .revoked,
      .pending, .misdirected, .refused:
      false
    }
  }
}
