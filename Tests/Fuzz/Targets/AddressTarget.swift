import LedgerHTTP

/// Where a hub is, or listens.
enum AddressTarget {
  static func run(on bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    if let hub = try? HubAddress(text, allowsPlain: true) {
      try law("a hub's URL leads to the same hub") {
        try HubAddress(hub.url(""), allowsPlain: true) == hub
      }
    }
    if let address = ListenAddress(text) {
      _ = address.isAny
      _ = address.isLoopback
      _ = address.text(port: address.port)
    }
  }
}
