import AsyncHTTPClient
import Foundation
import NIOSSL

/// Why a request got no answer at all. The libraries' errors have no other form for some of it than a text.
extension HubError {
  /// `trust`: what the hub's certificate was checked against, by the system's clock.
  /// `isFirst`: whether nothing came over this connection before.
  init(
    _ error: any Error, at address: HubAddress, trusting trust: HubConnection.Trust, isFirst: Bool
  ) {
    let place = address.authority
    if let stack = Self.failedHandshake(error) {
      self.init(place, trust, handshake: stack.map(\.description))
    } else if error is NIOSSLExtraError {
      self = .untrusted(place)  // The host is another one.
    } else if let error = error as? BoringSSLError, Self.refusesCertificate(error) {
      self = .wantsCertificate(place)
    } else if !address.isTLS, isFirst, (error as? HTTPClientError) == .remoteConnectionClosed {
      self = .unreachable(
        place, reason: "it ends the connection at once; does it want https instead of http?")
    } else {
      self = .unreachable(place, reason: (error as? HTTPClientError)?.shortDescription ?? Self.line)
    }
  }

  private static let line = "no connection, or it broke off"

  private init(_ place: String, _ trust: HubConnection.Trust, handshake stack: [String]) {
    if stack.contains(where: { $0.contains("CERTIFICATE_VERIFY_FAILED") }) {
      self.init(at: place, trust)
    } else if stack.contains(where: { $0.contains("WRONG_VERSION_NUMBER") }) {
      self = .plain(place)
    } else {
      // The line broke, or the hub ended, or it speaks an older TLS: no matter of trust.
      self = .unreachable(place, reason: "\(Self.line) before the hub had shown who it is")
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
