import Crypto
package import LedgerCore
package import LedgerStore

/// Who this ledger is: its log, its keys, and the ledger it belongs to.
package struct LedgerIdentity: Sendable {
  package let site: String
  package let log: LogID
  package let ledger: Digest256
  package let authorityLog: LogID
  package let authorityKey: [UInt8]
  /// Ed25519 seed.
  package let logKey: [UInt8]
  package let pseudonymKey: [UInt8]
  /// The seed of the key that signs invitations: that of the log which became the authority, kept by those that succeed
  /// it.
  package let authoritySecret: [UInt8]?

  package var isAuthority: Bool { authoritySecret != nil }

  func signingKey() throws -> Curve25519.Signing.PrivateKey {
    try Curve25519.Signing.PrivateKey(rawRepresentation: logKey)
  }

  package func publicKey() throws -> [UInt8] {
    Array(try signingKey().publicKey.rawRepresentation)
  }

  /// - Throws: `StoreError.missingSetting`.
  package init(reading database: Connection, _ state: StoreState) throws {
    func bytes(_ setting: LocalSetting) throws -> [UInt8] {
      guard let bytes = try setting.bytes(in: database) else {
        throw StoreError.missingSetting(setting.rawValue)
      }
      return bytes
    }
    guard let own = state.ownLog else { throw StoreError.missingSetting("own_log") }
    guard let ledger = Digest256(bytes: try bytes(.ledger)),
      let authority = LogID(bytes: try bytes(.authorityLog))
    else { throw StoreError.missingSetting("ledger") }
    site = try LocalSetting.site.text(in: database)
    log = own.id
    self.ledger = ledger
    authorityLog = authority
    authorityKey = try bytes(.authorityKey)
    logKey = try bytes(.logKey)
    pseudonymKey = try bytes(.pseudonymKey)
    authoritySecret =
      log == authorityLog ? logKey : try LocalSetting.authoritySecret.bytes(in: database)
  }
}
