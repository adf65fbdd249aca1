import AsyncHTTPClient
import Foundation
import NIOSSL

/// Why a request got no answer at all. The libraries' errors have no other form for some of it than a text.
extension HubError {
  /// `trust`: what the hub's certificate was checked against, by the system's clock.
  init(_ error: any Error, at address: HubAddress, trusting trust: HubConnection.Trust) {
    let place = address.authority
    if let stack = Self.failedHandshake(error), !stack.contains(where: Self.endsHandshake) {
      self = stack.contains(where: Self.isNoTLS) ? .plain(place) : .init(at: place, trust)
    } else if error is NIOSSLExtraError {
      self = .untrusted(place)  // The host is another one.
    } else if let error = error as? BoringSSLError, Self.refusesCertificate(error) {
      self = .wantsCertificate(place)
    } else if !address.isTLS, (error as? HTTPClientError) == .remoteConnectionClosed {
      self = .unreachable(
        place, reason: "it ends the connection at once; does it want https instead of http?")
    } else {
      let reason = (error as? HTTPClientError)?.shortDescription
      self = .unreachable(place, reason: reason ?? "no connection, or it broke off")
    }
  }

  /// Of a hub whose certificate does not hold: the one that is trusted may just be no good at this time.
  private init(at place: String, _ trust: HubConnection.Trust) {
    let now = Date()
    guard case .certificate(let pem) = trust,
      let trusted = try? CertificateSummary.all(pem: pem), let first = trusted.first,
      trusted.allSatisfy({ !$0.validity.contains(now) })
    else {
      self = .untrusted(place)
      return
    }
    self = .outOfDate(place, validity: first.validity, now: now)
  }

  private static func failedHandshake(_ error: any Error) -> [BoringSSLInternalError]? {
    guard let error = error as? NIOSSLError, case .handshakeFailed(.sslError(let stack)) = error
    else { return nil }
    return stack
  }

  /// Whether the line broke, or the hub ended, before it had shown who it is: no matter of trust.
  private static func endsHandshake(_ error: BoringSSLInternalError) -> Bool {
    [.eofDuringHandshake, .eofDuringAdditionalCertficiateChainValidation].contains(error)
  }

  /// Whether what came is no TLS.
  private static func isNoTLS(_ error: BoringSSLInternalError) -> Bool {
    error.description.contains("WRONG_VERSION_NUMBER")
  }

  /// Whether the hub's end says that this site showed no certificate, or one that it does not trust. In TLS 1.3 it says
  /// so after this end's handshake is over.
  private static func refusesCertificate(_ error: BoringSSLError) -> Bool {
    guard case .sslError(let stack) = error else { return false }
    return stack.map(\.description).contains { reason in
      reason.contains("_ALERT_")
        && ["CERTIFICATE", "UNKNOWN_CA"].contains { reason.contains($0) }
    }
  }
}
