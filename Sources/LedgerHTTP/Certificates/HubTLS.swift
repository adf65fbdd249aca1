import NIOSSL

/// What a hub shows to sites that connect, and what it asks of them, all as PEM.
package struct HubTLS: Sendable {
  /// The hub's certificate, and after it those that vouch for it.
  package var certificate: String
  package var key: String
  /// Who vouches for the certificates of sites; nil asks for none. Requests are signed by the site's own key in any
  /// case: this keeps strangers from speaking to the hub at all.
  package var clientRoots: String?

  package init(certificate: String, key: String, clientRoots: String? = nil) {
    self.certificate = certificate
    self.key = key
    self.clientRoots = clientRoots
  }

  /// Whether certificate and key belong together, and all of it is PEM.
  package var isWhole: Bool {
    (try? NIOSSLContext(configuration: configuration())) != nil
  }

  /// - Throws: for PEM that is none.
  func configuration() throws -> TLSConfiguration {
    var settings = TLSConfiguration.makeServerConfiguration(
      certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)).map {
        .certificate($0)
      },
      privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem)))
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
