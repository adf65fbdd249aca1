import Foundation

/// Where a hub is: `https://hub.example:8443`, or plain `http` to this machine.
package struct HubAddress: Hashable, Sendable {
  package let isTLS: Bool
  /// In small letters, so that a hub has one address however it is written (RFC 9110, 4.2.3).
  package let host: String
  package let port: Int

  /// Whether the text is meant as one at all, and not as the name of a file.
  package static func isURL(_ text: String) -> Bool {
    text.hasPrefix("https://") || text.hasPrefix("http://")
  }

  /// `allowsPlain`: whether `http` may leave this machine.
  /// - Throws: `HubError.badURL`.
  package init(_ text: String, allowsPlain: Bool = false) throws(HubError) {
    guard let url = URLComponents(string: text), let scheme = url.scheme,
      ["https", "http"].contains(scheme), let host = url.host, !host.isEmpty,
      ["", "/"].contains(url.path), url.query == nil, url.user == nil
    else { throw .badURL(text) }
    isTLS = scheme == "https"
    self.host = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]")).lowercased()
    port = url.port ?? (isTLS ? 443 : 80)
    // `https://[]` has a host of two brackets.
    guard !self.host.isEmpty, Self.isName(self.host), (1...65_535).contains(port) else {
      throw .badURL(text)
    }
    guard isTLS || allowsPlain || ListenAddress.isLoopback(self.host) else { throw .badURL(text) }
  }

  /// Whether a URL names this hub. False for what is no URL of a hub.
  package func isNamed(by url: String) -> Bool {
    // Whether plain HTTP may be spoken to it was asked when it was taken.
    (try? HubAddress(url, allowsPlain: true)) == self
  }

  /// `01%00` would be a host with a NUL in it, which ends its name for the resolver and for nobody else; of ASCII no
  /// more is taken than stands in a URL as it is.
  private static func isName(_ host: String) -> Bool {
    host.unicodeScalars.allSatisfy {
      !$0.isASCII || $0.properties.isAlphabetic || ("0"..."9").contains($0)
        || ".-_~:".unicodeScalars.contains($0)
    }
  }

  /// As `Host` and the signature name it: without the port where the scheme implies it.
  package var authority: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return port == (isTLS ? 443 : 80) ? name : "\(name):\(port)"
  }

  package func url(_ path: String) -> String {
    "\(isTLS ? "https" : "http")://\(authority)\(path)"
  }
}
