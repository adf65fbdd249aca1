import Foundation
import NIOCore

/// Why a hub cannot listen at an address.
package enum ListenRefusal: Error, Hashable, Sendable {
  case inUse(String)
  /// An address of another machine.
  case elsewhere(String)
  /// A port that only the system's own programs may take.
  case notAllowed(String)
  case unknownHost(String)

  /// Nil for an error of another kind.
  init?(_ error: any Error, at address: ListenAddress) {
    let text = address.text(port: address.port)
    if error is SocketAddressError.UnknownHost {
      self = .unknownHost(address.host)
      return
    }
    switch (error as? IOError)?.errnoCode {
    case EADDRINUSE: self = .inUse(text)
    case EADDRNOTAVAIL: self = .elsewhere(text)
    case EACCES: self = .notAllowed(text)
    default: return nil  // Of the connections, or of what is served.
    }
  }
}

/// Where a hub listens: `8443`, `:8443`, `127.0.0.1:8443`, `[::1]:8443`.
package struct ListenAddress: Hashable, Sendable {
  package let host: String
  package let port: Int

  package init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// Nil for a text that is none. A port alone means every address of the machine.
  package init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard let last = parts.last, let port = UInt16(last) else { return nil }
    let name = parts.dropLast().joined(separator: ":")
    if name.hasPrefix("["), name.hasSuffix("]") {
      host = String(name.dropFirst().dropLast())
    } else {
      guard parts.count <= 2 else { return nil }
      host = name.isEmpty ? "0.0.0.0" : name
    }
    self.port = Int(port)
  }

  /// Every address of the machine.
  package var isAny: Bool { host == "0.0.0.0" || host == "::" }

  /// As a URL names it, with the port that was found.
  package func text(port: Int) -> String {
    host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }

  package var isLoopback: Bool { Self.isLoopback(host) }

  /// Whether what is sent there stays on this machine.
  package static func isLoopback(_ host: String) -> Bool {
    guard let address = address(host) else { return host == "localhost" }
    if address.count == 4 { return address[0] == 127 }
    return address.last == 1 && address.dropLast().allSatisfy { $0 == 0 }
  }

  /// An address as people write it; nil for bytes that are none.
  static func text(address bytes: [UInt8]) -> String? {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let family = bytes.count == 4 ? AF_INET : AF_INET6
    guard bytes.count == 4 || bytes.count == 16,
      inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil
    else { return nil }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The 4 or 16 bytes of an address; nil for a name.
  static func address(_ host: String) -> [UInt8]? {
    var v4 = in_addr()
    if inet_pton(AF_INET, host, &v4) == 1 { return withUnsafeBytes(of: v4) { Array($0) } }
    var v6 = in6_addr()
    if inet_pton(AF_INET6, host, &v6) == 1 { return withUnsafeBytes(of: v6) { Array($0) } }
    return nil
  }
}
