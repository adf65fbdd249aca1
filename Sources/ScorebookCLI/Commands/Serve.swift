import ArgumentParser
import CAllocator
import FeedbackLedger
import Foundation
import LedgerCore
import LedgerHTTP

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Be a hub: let the sites of this ledger sync over the network.",
    discussion: """
      Sites sync with: scorebook sync https://HOST:PORT. Without a certificate of yours the hub makes \
      one of its own beside the ledger, once, and scorebook invite SITE --url URL hands it to the \
      site. On a loopback address it serves plain HTTP. It ends on SIGTERM or SIGINT, when the \
      requests in work are answered. GET /healthz, /readyz and /metrics are for supervisors.
      """)

  @Argument(help: ArgumentHelp("The ledger file (default: --ledger).", valueName: "ledger"))
  var path: String?

  @Option(
    help: ArgumentHelp(
      "Where to listen: PORT, HOST:PORT or [ADDRESS]:PORT (default: 127.0.0.1:8443).",
      valueName: "address"))
  var listen = "127.0.0.1:8443"

  @Option(help: ArgumentHelp("Certificate chain, PEM.", valueName: "file"))
  var tlsCert: String?

  @Option(help: ArgumentHelp("Its private key, PEM.", valueName: "file"))
  var tlsKey: String?

  @Option(
    help: ArgumentHelp(
      "Ask sites for a certificate that one of these vouches for, PEM.", valueName: "file"))
  var clientCa: String?

  @Option(
    help: ArgumentHelp(
      "A name or address under which sites reach the hub: it answers for it, and a certificate that is made names it.",
      valueName: "host"))
  var name: [String] = []

  @Flag(help: "Serve plain HTTP also where others can listen in.")
  var insecureHttp = false

  @OptionGroup var ledger: LedgerOption

  func run() async throws {
    guard let address = ListenAddress(listen) else {
      throw ArgumentFault.badOption("--listen", got: listen, expected: "PORT or HOST:PORT")
    }
    // What no URL can name vouches for nothing.
    for name in name where !HubCertificate.isName(name) {
      throw ArgumentFault.badOption(
        "--name", got: name,
        expected: "one host name or address, without a port; for several --name several times")
    }
    let path = try self.path ?? ledger.path()
    let tls = try certificate(address, path)
    allocator_map_blocks_from(Self.mappedBytesMin)
    let opened = try LedgerFile.open(path)
    let scheme = tls == nil ? "http" : "https"
    let site = opened.site
    let server = HubServer(
      opened,
      HubServer.Configuration(
        host: address.host, port: address.port, tls: tls, names: name),
      isLogging: true,
      onListening: { port in
        try? Output.print("\(site): serving \(scheme)://\(address.text(port: port))")
      },
      onQuiet: { allocator_give_back() })
    try await server.runUntilSignal()
  }

  /// Bodies, frames and batches are larger, and come from many threads: left to the heaps of all of them, they keep a
  /// hub that takes in a million events at two fifths more memory.
  private static let mappedBytesMin = 256 << 10

  /// - Throws: for options that contradict each other, and files that cannot be read.
  private func certificate(
    _ address: ListenAddress, _ ledger: String
  ) throws -> HubTLS? {
    let ofTLS = [("--tls-cert", tlsCert), ("--tls-key", tlsKey)]
    if insecureHttp, let (option, _) = ofTLS.first(where: { $0.1 != nil }) {
      throw ArgumentFault.together("--insecure-http", option)
    }
    let roots = try clientCa.map { try InputFile.certificate($0) }
    switch (tlsCert, tlsKey) {
    case (let certificate?, let key?):
      let pair = try InputFile.pair(certificate: certificate, key: key)
      guard try !name.isEmpty || !CertificateSummary(pem: pair.certificate).names.isEmpty else {
        throw ArgumentFault.badOption(
          "--tls-cert", got: "a certificate that names no host",
          expected: "one with subject alternative names, or --name HOST with it")
      }
      return HubTLS(showing: pair, clientRoots: roots)
    case (nil, nil): break
    default:
      throw ArgumentFault.badOption(
        "--tls-cert", got: "one of the two files", expected: "--tls-cert together with --tls-key")
    }
    if insecureHttp || (address.isLoopback && name.isEmpty) {
      guard roots == nil else {
        throw ArgumentFault.badOption(
          "--client-ca", got: "plain HTTP", expected: "TLS: --name HOST, or a certificate")
      }
      return nil
    }
    let host = address.isAny ? ProcessInfo.processInfo.hostName : address.host
    var names = name
    for host in [host, "localhost", "127.0.0.1"] where !names.contains(host) { names.append(host) }
    let (pair, isNew) = try HubCertificate.ensure(beside: ledger, names: names)
    try tell(of: pair, isNew: isNew, HubCertificate.certificatePath(beside: ledger), names)
    return HubTLS(showing: pair, clientRoots: roots)
  }

  private func tell(
    of pair: CertificatePair, isNew: Bool, _ path: String, _ names: [String]
  ) throws {
    if isNew {
      return Output.note("made the certificate \(path) for \(names.joined(separator: ", ")).")
    }
    let summary = try CertificateSummary(pem: pair.certificate)
    if let other = name.first(where: { !summary.mayVouch(for: $0) }) {
      Output.note(
        "the certificate \(path) names \(summary.names.joined(separator: ", ")), and not \(other): a site that "
          + "calls the hub so will not trust it. Sites trust this one, so it stays.")
    }
    if summary.validity.upperBound < Date() {
      Output.note(
        "the certificate \(path) is past its end (\(DayText.of(summary.validity.upperBound))): no site trusts it."
      )
    }
  }
}
