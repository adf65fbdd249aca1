import LedgerHTTP
import NIOCore
import Testing

/// Which requests are for a hub, by the host that their sites have signed.
@Suite struct HubHostsTests {
  private static let here = Self.address("192.0.2.7")
  private static let elsewhere = Self.address("192.0.2.9")
  private static let loopback = Self.address("127.0.0.1")

  @Test func `without a certificate those where it listens and those that it is told`() throws {
    let plain = HubHosts(named: [], certificate: nil, listeningAt: "hub.example")
    #expect(Self.contain(plain, ["hub.example", "HUB.example.:8443", "192.0.2.7:80"]))
    #expect(!Self.contain(plain, ["other.example", "192.0.2.8", "x.hub.example", "", "[", "a/b"]))
    #expect(!plain.contain(nil, at: Self.here, from: Self.elsewhere))
    let named = HubHosts(named: ["proxy.example"], certificate: nil, listeningAt: "127.0.0.1")
    #expect(named.contain("proxy.example", at: Self.loopback, from: Self.loopback))
    #expect(!named.contain("hub.example", at: Self.loopback, from: Self.loopback))
  }

  @Test func `with a certificate those that it names, or the operator in its place`() throws {
    let names = ["hub.example", "*.shops.example", "2001:db8::7"]
    let summary = try CertificateSummary(
      pem: HubCertificate.selfSigned(names: names).certificate)
    let hosts = HubHosts(named: [], certificate: summary, listeningAt: "0.0.0.0")
    #expect(
      Self.contain(hosts, ["hub.example", "Hanoi.shops.example:1", "[2001:0db8:0:0::7]:8443"]))
    #expect(!Self.contain(hosts, ["shops.example", "a.hanoi.shops.example", "0.0.0.0"]))
    // A certificate of a whole domain is shown by several hubs.
    let one = HubHosts(
      named: ["hanoi.shops.example"], certificate: summary, listeningAt: "0.0.0.0")
    #expect(Self.contain(one, ["hanoi.shops.example", "hub.example"]))
    #expect(!Self.contain(one, ["hue.shops.example"]))
  }

  /// At the site's machine something else may listen there.
  @Test(arguments: ["localhost:8443", "127.0.0.1:8443", "[::1]:8443", "127.0.0.1"])
  func `a loopback host is this one only for who is on this machine`(host: String) throws {
    let hosts = HubHosts(named: [], certificate: nil, listeningAt: "127.0.0.1")
    #expect(hosts.contain(host, at: Self.loopback, from: Self.loopback))
    #expect(!hosts.contain(host, at: Self.here, from: Self.elsewhere))
    let named = HubHosts(
      named: ["localhost", "127.0.0.1", "::1"], certificate: nil, listeningAt: "0.0.0.0")
    #expect(named.contain(host, at: Self.here, from: Self.elsewhere))
  }

  /// As a socket of both versions shows them.
  @Test func `addresses of version 4 are the same ones in version 6`() throws {
    let hosts = HubHosts(named: [], certificate: nil, listeningAt: "::")
    let mapped = Self.address("::ffff:127.0.0.1")
    for host in ["127.0.0.1:8443", "localhost", "[::]"] {
      #expect(hosts.contain(host, at: mapped, from: mapped), "\(host)")
      #expect(!hosts.contain(host, at: Self.here, from: Self.elsewhere), "\(host)")
    }
    // Whoever asks there asks its own machine.
    let any = HubHosts(named: [], certificate: nil, listeningAt: "0.0.0.0")
    #expect(any.contain("0.0.0.0:8443", at: mapped, from: mapped))
    #expect(!any.contain("0.0.0.0:8443", at: Self.here, from: Self.elsewhere))
    let here = Self.address("::ffff:192.0.2.7")
    #expect(hosts.contain("192.0.2.7:8443", at: here, from: Self.address("::ffff:192.0.2.9")))
    #expect(!hosts.contain("192.0.2.8:8443", at: here, from: Self.address("::ffff:192.0.2.9")))
  }

  private static func contain(_ hosts: HubHosts, _ authorities: [String]) -> Bool {
    let found = authorities.filter { hosts.contain($0, at: here, from: elsewhere) }
    #expect(found.isEmpty || found == authorities)
    return !found.isEmpty
  }

  private static func address(_ text: String) -> SocketAddress? {
    try? SocketAddress(ipAddress: text, port: 8443)
  }
}
