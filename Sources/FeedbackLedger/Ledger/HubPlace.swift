import LedgerStore

/// Where a ledger syncs when no peer is named: as its invitation said.
public struct HubPlace: Hashable, Sendable {
  /// Such as `https://hub.example:8443`.
  public let url: String
  /// PEM; the only certificate that is trusted there. Empty: whatever the system trusts.
  public let certificate: String

  /// Takes the two as they are.
  public init(url: String, certificate: String) {
    self.url = url
    self.certificate = certificate
  }

  func keep(in database: Connection) throws {
    try LocalSetting.hubURL.set(url, in: database)
    try LocalSetting.hubCertificate.set(certificate, in: database)
  }
}

extension Ledger {
  /// The hub that this ledger's invitation named; nil where it named none.
  public func hub() throws -> HubPlace? {
    try store.read { database, _ in
      guard let url = try LocalSetting.hubURL.bytes(in: database), !url.isEmpty else { return nil }
      let certificate = try LocalSetting.hubCertificate.bytes(in: database) ?? []
      return HubPlace(
        url: String(decoding: url, as: UTF8.self),
        certificate: String(decoding: certificate, as: UTF8.self))
    }
  }
}
