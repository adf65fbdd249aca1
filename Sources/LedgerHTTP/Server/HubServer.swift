package import FeedbackLedger
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
package import LedgerCore
package import Logging
import NIOCore
import ServiceLifecycle

/// A hub: one ledger, served to the sites of its company.
///
/// Stopping it lets requests that are in work come to their end: each is whole transactions, so a batch is in or is not
/// there. Nothing else is kept that a stop could lose.
package struct HubServer: Service {
  /// Where it listens and what it shows.
  package struct Configuration: Sendable {
    package var host: String
    /// 0 lets the system choose one.
    package var port: Int
    /// Nil serves without TLS.
    package var tls: HubTLS?
    /// Hosts under which sites reach it, beside those of the certificate or the place where it listens.
    package var names: [String]
    package var limits = HubLimits()

    package init(
      host: String, port: Int, tls: HubTLS?, names: [String] = [],
      limits: HubLimits = HubLimits()
    ) {
      self.host = host
      self.port = port
      self.tls = tls
      self.names = names
      self.limits = limits
    }
  }

  private let ledger: Ledger
  private let configuration: Configuration
  private let contacts: HubContacts
  private let logger: Logger
  private let onListening: @Sendable (Int) async -> Void
  private let onQuiet: @Sendable () -> Void

  /// `isLogging`: whether refusals are told on standard error.
  /// `onListening`: is called with the port once connections are taken.
  /// `onQuiet`: is called when no site has asked for a while, and before the first one does.
  package init(
    _ ledger: Ledger, _ configuration: Configuration, isLogging: Bool = false,
    onListening: @escaping @Sendable (Int) async -> Void = { _ in },
    onQuiet: @escaping @Sendable () -> Void = {}
  ) {
    let logger = Logger(label: "scorebook") { label in
      guard isLogging else { return SwiftLogNoOpLogHandler() }
      return StreamLogHandler.standardError(label: label)
    }
    self.init(
      ledger, configuration, logger: logger, onListening: onListening, onQuiet: onQuiet)
  }

  /// `logger`: is told paths and reasons, at any level, and never what somebody sent.
  package init(
    _ ledger: Ledger, _ configuration: Configuration, logger: Logger,
    onListening: @escaping @Sendable (Int) async -> Void = { _ in },
    onQuiet: @escaping @Sendable () -> Void = {}
  ) {
    self.ledger = ledger
    self.configuration = configuration
    contacts = HubContacts(ledger)
    self.logger = logger
    self.onListening = onListening
    self.onQuiet = onQuiet
  }

  /// Serves until the surrounding service group is told to stop.
  ///
  /// - Throws: `ListenRefusal`.
  package func run() async throws {
    try await listening { try await application().run() }
  }

  /// Serves until the process is told to stop.
  ///
  /// - Throws: `ListenRefusal`.
  package func runUntilSignal() async throws {
    try await listening { try await application().runService() }
  }

  private func listening(_ body: () async throws -> Void) async throws {
    defer { contacts.write() }
    do {
      try await body()
    } catch {
      let address = ListenAddress(host: configuration.host, port: configuration.port)
      throw ListenRefusal(error, at: address) ?? error
    }
  }

  /// What somebody still read when it was deleted goes now; a fault of the disk is for the next request to tell.
  private var whenQuiet: @Sendable () -> Void {
    { [ledger, contacts, onQuiet] in
      contacts.write()
      try? ledger.dropDeleted()
      ledger.releaseMemory()
      onQuiet()
    }
  }

  private func application() throws -> Application<HubResponder> {
    let limits = configuration.limits
    let whenRunning: @Sendable (any Channel) async -> Void = { [ledger, onListening, onQuiet] in
      await onListening($0.localAddress?.port ?? 0)
      // What opening the ledger has read, nobody may ask for in hours.
      ledger.releaseMemory()
      onQuiet()
    }
    return Application(
      responder: HubResponder(
        ledger, limits, contacts, logger, reachedAt: try hosts(), onQuiet: whenQuiet),
      server: try server(),
      configuration: ApplicationConfiguration(
        address: .hostname(configuration.host, port: configuration.port),
        // All branches may call at the same moment: what the system would turn away waits a second and more.
        backlog: limits.connectionsMax,
        availableConnectionsDelegate: MaximumAvailableConnections(
          limits.connectionsMax, logger: logger)),
      onServerRunning: whenRunning,
      logger: logger)
  }

  private func hosts() throws -> HubHosts {
    HubHosts(
      named: configuration.names, certificate: try configuration.tls?.certificate(),
      listeningAt: configuration.host)
  }

  private func server() throws -> HTTPServerBuilder {
    let limits = configuration.limits
    let plain = HTTPServerBuilder.http1(
      configuration: HTTP1Channel.Configuration(
        additionalChannelHandlers: [StallGuard(limits)],
        idleTimeout: .seconds(limits.idleSeconds),
        httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
          maxHeaderFieldSize: limits.headerBytesMax, maxHeaderListSize: limits.headerBytesMax,
          maxHeaderFieldCount: limits.headerFieldsMax)))
    guard let tls = configuration.tls else { return plain }
    return try .tls(plain, tlsConfiguration: tls.configuration())
  }
}
