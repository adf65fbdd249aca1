/// A host as URLs, certificates and connections name it: each has one form here, however it was written.
package struct HostName: Hashable, Sendable {
  package let text: String

  /// Names in small letters, without the dot of the root; addresses as the system writes them, and those of version 4
  /// so also where a socket of both versions shows them (RFC 4291 2.5.5.2).
  package init(_ text: String) {
    let name = text.lowercased()
    let plain = name.hasSuffix(".") ? String(name.dropLast()) : name
    let address = ListenAddress.address(plain).map(Self.plain)
    self.text = address.flatMap { ListenAddress.text(address: $0) } ?? plain
  }

  private static func plain(_ address: [UInt8]) -> [UInt8] {
    let isMapped = address.starts(with: [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF])
    return isMapped ? Array(address.dropFirst(12)) : address
  }

  /// Whether what is sent there stays on the machine that sends it.
  package var isLoopback: Bool {
    ListenAddress.isLoopback(text) || ListenAddress(host: text, port: 0).isAny
  }

  /// Whether a certificate that names `pattern` is for this host. A star stands for the first label (RFC 9525 6.3).
  package func fits(_ pattern: String) -> Bool {
    if HostName(pattern) == self { return true }
    let labels = text.split(separator: ".", maxSplits: 1)
    return labels.count == 2 && HostName(pattern).text == "*." + labels[1]
  }
}
