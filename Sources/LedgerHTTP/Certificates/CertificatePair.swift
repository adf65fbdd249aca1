import NIOSSL

/// A certificate with its private key, both PEM: what a hub shows to sites, or a site to a hub that asks for it.
package struct CertificatePair: Hashable, Sendable {
  /// For everybody; after it may stand those that vouch for it.
  package let certificate: String
  /// For whoever shows it, alone.
  package let key: String

  package init(certificate: String, key: String) {
    self.certificate = certificate
    self.key = key
  }

  /// Whether certificate and key belong together, and both are PEM.
  package var isWhole: Bool {
    guard let chain = try? chain(), let key = try? privateKey() else { return false }
    let shown = TLSConfiguration.makeServerConfiguration(certificateChain: chain, privateKey: key)
    return (try? NIOSSLContext(configuration: shown)) != nil
  }

  /// - Throws: for PEM that is none.
  func chain() throws -> [NIOSSLCertificateSource] {
    try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)).map { .certificate($0) }
  }

  /// - Throws: for PEM that is none.
  func privateKey() throws -> NIOSSLPrivateKeySource {
    .privateKey(try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem))
  }
}
