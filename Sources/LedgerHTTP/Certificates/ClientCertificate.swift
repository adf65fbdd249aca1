import NIOSSL

extension HubConnection {
  /// What the site shows to a hub that asks for it (PEM).
  package struct ClientCertificate: Hashable, Sendable {
    package var certificate: String
    package var key: String

    package init(certificate: String, key: String) {
      self.certificate = certificate
      self.key = key
    }

    /// Whether certificate and key belong together, and both are PEM.
    package var isWhole: Bool {
      // Trusting itself, since the system may have no authorities: which are trusted is no matter here.
      let tls = try? HubConnection.tls(trusting: .certificate(certificate), showing: self)
      return tls.flatMap { try? NIOSSLContext(configuration: $0) } != nil
    }
  }

  /// What a session asks of the hub's end, and shows to it.
  ///
  /// - Throws: for PEM that is none.
  static func tls(
    trusting trust: Trust, showing own: ClientCertificate?
  ) throws -> TLSConfiguration {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.minimumTLSVersion = .tlsv13
    if case .certificate(let pem) = trust {
      tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(pem.utf8)))
    }
    guard let own else { return tls }
    tls.certificateChain = try NIOSSLCertificate.fromPEMBytes(Array(own.certificate.utf8)).map {
      .certificate($0)
    }
    tls.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: Array(own.key.utf8), format: .pem))
    return tls
  }
}
