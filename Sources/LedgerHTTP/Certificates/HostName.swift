/// A host as URLs, certificates and connections name it: each has one form here, however it was written.
package struct HostName: Hashable, Sendable {
  package let text: String

  /// Names in small letters, without the dot of the root; addresses as the system writes them.
  package init(_ text: String) {
    let name = text.lowercased()
    let plain = name.hasSuffix(".") ? String(name.dropLast()) : name
    self.text = ListenAddress.address(plain).flatMap { ListenAddress.text(address: $0) } ?? plain
  }

  /// Whether what is sent there stays on the machine that sends it.
  package var isLoopback: Bool { ListenAddress.isLoopback(text) }

  /// Whether a certificate that names `pattern` is for this host. A star stands for the first label (RFC 9525 6.3).
  package func fits(_ pattern: String) -> Bool {
    if HostName(pattern) == self { return true }
    let labels = text.split(separator: ".", maxSplits: 1)
    return labels.count == 2 && HostName(pattern).text == "*." + labels[1]
  }
}
