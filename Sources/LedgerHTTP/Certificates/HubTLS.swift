import NIOSSL

/// What a hub shows to sites that connect, and what it asks of them.
package struct HubTLS: Sendable {
  package var shown: CertificatePair
  /// Who vouches for the certificates of sites, PEM; nil asks for none. Requests are signed by the site's own key in
  /// any case: this keeps strangers from speaking to the hub at all.
  package var clientRoots: String?

  package init(showing pair: CertificatePair, clientRoots: String? = nil) {
    shown = pair
    self.clientRoots = clientRoots
  }

  /// - Throws: for PEM that is none.
  func certificate() throws -> CertificateSummary {
    try CertificateSummary(pem: shown.certificate)
  }

  /// - Throws: for PEM that is none.
  func configuration() throws -> TLSConfiguration {
    var settings = TLSConfiguration.makeServerConfiguration(
      certificateChain: try shown.chain(), privateKey: try shown.privateKey())
    settings.minimumTLSVersion = .tlsv13
    settings.applicationProtocols = ["http/1.1"]
    if let clientRoots {
      settings.trustRoots = .certificates(
        try NIOSSLCertificate.fromPEMBytes(Array(clientRoots.utf8)))
      // A site has no host name that anybody could check.
      settings.certificateVerification = .noHostnameVerification
    }
    return settings
  }
}
