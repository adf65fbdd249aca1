package import GRDB

/// The rows of the table `setting`; beside them there is one for each peer that told its clock (`ContactTable`).
package enum LocalSetting: String, Sendable {
  /// IANA name of the zone that the counters are kept in.
  case timeZone = "time_zone"
  /// Rises with every change of the derived part that moves no position.
  case generation
  /// The number of the log that this ledger writes to.
  case ownLog = "own_log"
  /// The site's name.
  case site
  /// Ed25519 seed of the own log, 32 bytes.
  case logKey = "log_key"
  /// Ed25519 seed of the key that signs requests to a hub, 32 bytes; made when the first one is sent.
  case requestKey = "request_key"
  /// The hub that the invitation named, and its certificate as PEM.
  case hubURL = "hub_url"
  case hubCertificate = "hub_certificate"
  /// 32 bytes, shared by all sites of the ledger: makes pseudonyms.
  case pseudonymKey = "pseudonym_key"
  /// SHA-256 of the genesis entry, 32 bytes.
  case ledger
  /// The ledger's first log, 16 bytes, and the key of whoever invited this site, 32 bytes: what invitations are checked
  /// against, beside the keys that are held.
  case authorityLog = "authority_log"
  case authorityKey = "authority_key"
  /// The seed of the key that signs invitations, where the own log is not the first one of the ledger and decides.
  case authoritySecret = "authority_secret"
  /// The position up to which every erasure was obeyed in this file: a log's own acknowledgement may be a twin's.
  case erasuresObeyed = "erasures_obeyed"
  /// Where the bytes of what was deleted still are (`DeletedBytes`).
  case deletedBytes = "deleted_bytes"
  /// `device:inode` of the file when it was last opened by its owner.
  case fileIdentity = "file_identity"
  /// What this ledger last asked hubs to sign that have its own log, 16 bytes each: its own hub does not.
  case challenges
  /// The own log, and the last number that a file of it in a shared folder has taken.
  case folderNumber = "folder_number"
  /// The version of the derived part.
  case derivedVersion = "derived_version"

  package func bytes(in database: Database) throws -> [UInt8]? {
    try Self.bytes(named: rawValue, in: database)
  }

  static func bytes(named name: String, in database: Database) throws -> [UInt8]? {
    let statement = try RawStatement(kept: database, "SELECT value FROM setting WHERE name = ?")
    statement.bind(name, at: 1)
    defer { statement.reset() }
    return try statement.step() ? statement.bytes(0) : nil
  }

  /// - Throws: `StoreError.missingSetting`.
  package func text(in database: Database) throws -> String {
    guard let bytes = try bytes(in: database) else { throw StoreError.missingSetting(rawValue) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Nil where it is unset.
  ///
  /// - Throws: `StoreError.missingSetting` for bytes that are no number.
  package func integer(in database: Database) throws -> Int64? {
    guard let bytes = try bytes(in: database) else { return nil }
    guard let value = Int64(String(decoding: bytes, as: UTF8.self)) else {
      throw StoreError.missingSetting(rawValue)
    }
    return value
  }

  package func set(_ bytes: [UInt8], in database: Database) throws {
    try Self.set(bytes, named: rawValue, in: database)
  }

  static func set(_ bytes: [UInt8], named name: String, in database: Database) throws {
    let statement = try RawStatement(
      database, "INSERT INTO setting VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2")
    statement.bind(name, at: 1)
    statement.bind(bytes, at: 2)
    try statement.run()
  }

  package func set(_ text: String, in database: Database) throws {
    try set(Array(text.utf8), in: database)
  }

  package func set(_ value: Int64, in database: Database) throws {
    try set(String(value), in: database)
  }

  package func remove(in database: Database) throws {
    let statement = try RawStatement(database, "DELETE FROM setting WHERE name = ?")
    statement.bind(rawValue, at: 1)
    try statement.run()
  }
}
