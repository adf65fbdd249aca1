package import NIOCore

/// The hosts under which a hub is reached. The host is signed with every request: another hub that a site trusts could
/// hand its requests on as they are, and would read all that the two say to each other.
package struct HubHosts: Sendable {
  /// What the operator says.
  private let named: [String]
  /// What the certificate says, or without one the place where the hub listens.
  private let implied: [String]

  /// `named`: as the operator says; where he does, a star of the certificate stands for none.
  /// `certificate`: nil where the hub shows none.
  /// `host`: where it listens.
  package init(named: [String], certificate: CertificateSummary?, listeningAt host: String) {
    self.named = named
    let implied = certificate?.names ?? [host, "localhost", "127.0.0.1", "::1"]
    self.implied = named.isEmpty ? implied : implied.filter { !$0.hasPrefix("*") }
  }

  /// Whether a request for that authority is for this hub, over a connection between these two addresses.
  ///
  /// What listens at a loopback address of the site's machine is not what listens at this one's, unless the two are one
  /// machine. At the address that the connection came to is nobody else.
  package func contain(_ authority: String?, at local: SocketAddress?, from remote: SocketAddress?)
    -> Bool
  {
    guard let address = try? HubAddress("https://" + (authority ?? "")) else { return false }
    let host = HostName(address.host)
    if named.contains(where: host.fits) { return true }
    if host.isLoopback, remote.map(Self.isLoopback) == false { return false }
    return implied.contains(where: host.fits)
      || !host.isLoopback && local?.ipAddress.map(HostName.init) == host
  }

  private static func isLoopback(_ address: SocketAddress) -> Bool {
    address.ipAddress.map { HostName($0).isLoopback } ?? true
  }
}
