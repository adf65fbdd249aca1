import AsyncHTTPClient
import FeedbackLedger
import LedgerHTTP
import NIOCore
import NIOSSL
import TestSupport
import Testing

/// The same client twice, but for the newest version of TLS that it offers.
@Suite struct `A hub and older TLS` {
  @Test func `1.3 is spoken, and whoever offers no more than 1.2 is refused`() async throws {
    let certificate = try HubCertificate.selfSigned(names: ["127.0.0.1"])
    let hub = try World(seed: 71, branches: 0).authority
    try await Hub.serving(hub, certificate) { server in
      try await Self.ask(server, trusting: certificate, newest: .tlsv13)
      let error = await #expect(throws: NIOSSLError.self) {
        try await Self.ask(server, trusting: certificate, newest: .tlsv12)
      }
      // The hub's alert says that it is the version, and not the certificate.
      let reason = String(describing: error)
      #expect(reason.contains("PROTOCOL_VERSION"), "\(reason)")
      try await Self.ask(server, trusting: certificate, newest: .tlsv13)
    }
  }

  /// - Throws: where there is no answer.
  private static func ask(
    _ server: Hub, trusting certificate: CertificatePair, newest version: TLSVersion
  ) async throws {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.minimumTLSVersion = .tlsv12
    tls.maximumTLSVersion = version
    tls.trustRoots = .certificates(
      try NIOSSLCertificate.fromPEMBytes(Array(certificate.certificate.utf8)))
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: tls, redirectConfiguration: .disallow,
      timeout: .init(connect: .seconds(10), read: .seconds(30), write: .seconds(30)))
    configuration.httpVersion = .http1Only
    // A refusal is told, and not tried again.
    configuration.connectionPool.retryConnectionEstablishment = false
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    let url = server.url() + HubPath.health
    try await Hub.blocking {
      defer { try? client.syncShutdown() }
      _ = try client.get(url: url).wait()
    }
  }
}
