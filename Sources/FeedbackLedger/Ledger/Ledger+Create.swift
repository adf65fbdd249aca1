import Crypto
import Foundation
import LedgerCore
import LedgerSchema
import LedgerStore
import SwiftProtobuf

extension Ledger {
  /// The program's name and version, as the first event of a log states it.
  public static let software = "scorebook 0.1.0"

  /// Makes a new ledger whose first log is the authority: the site that decides who else belongs to it.
  ///
  /// `path`: where the file goes; nothing may be there yet. Nil makes a ledger in memory.
  /// `timeZone`: IANA name.
  /// `recoveryKey`: may name another authority where this one is lost; nil: nobody ever can.
  /// - Throws: `LedgerError.badSiteName`, `.unknownTimeZone`, `StoreError.fileExists`.
  public static func create(
    at path: String?, site: String, timeZone: String = "UTC", recoveryKey: RecoveryKey? = nil,
    surroundings: Surroundings = .system
  ) throws -> Ledger {
    try validate(site: site)
    guard let zone = ZoneOffsets(iana: timeZone) else {
      throw LedgerError.unknownTimeZone(timeZone)
    }
    let key = try surroundings.signingKey()
    var start = logStart(site: site, key: key)
    start.timeZone = timeZone
    if let recoveryKey { start.recoveryKey = ProtobufBytes.data(try recoveryKey.publicKey) }
    let store = try makeStore(at: path, zone: zone)
    let pseudonymKey = surroundings.randomBytes(32)
    return try begin(
      store, start: start, key: key, pseudonymKey: pseudonymKey, invitation: nil, surroundings)
  }

  /// Makes a ledger for a site that the authority has invited.
  ///
  /// - Throws: `LedgerError.badInvitation` and what `create(at:site:timeZone:)` throws.
  public static func create(
    at path: String?, site: String, invitation: InvitationFile,
    surroundings: Surroundings = .system
  ) throws -> Ledger {
    try validate(site: site)
    guard site == invitation.site else {
      throw LedgerError.badInvitation("it is for site \(invitation.site), not \(site)")
    }
    guard let zone = ZoneOffsets(iana: invitation.timeZone) else {
      throw LedgerError.unknownTimeZone(invitation.timeZone)
    }
    let key = try surroundings.signingKey()
    var start = logStart(site: site, key: key)
    start.ledger = ProtobufBytes.data(invitation.ledger.bytes)
    start.invitation = try invitation.accepted(by: start)
    let store = try makeStore(at: path, zone: zone)
    return try begin(
      store, start: start, key: key, pseudonymKey: invitation.pseudonymKey, invitation: invitation,
      surroundings)
  }

  /// Names are printed and compared everywhere, so they hold nothing that a terminal, a path or a CSV file would take
  /// for something else.
  static func validate(site: String) throws {
    let isPlain = site.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil
        || "-_. ".unicodeScalars.contains($0)
    }
    guard !site.isEmpty, !site.hasPrefix("."), site.utf8.count <= 64, isPlain else {
      throw LedgerError.badSiteName(site)
    }
  }

  private static func makeStore(at path: String?, zone: ZoneOffsets) throws -> Store {
    guard let path else { return try Store.memory(zone: zone) }
    return try Store.create(at: path, zone: zone)
  }

  static func logStart(site: String, key: Curve25519.Signing.PrivateKey) -> Scorebook_V1_LogStarted
  {
    var start = Scorebook_V1_LogStarted()
    start.site = site
    start.publicKey = key.publicKey.rawRepresentation
    start.log = ProtobufBytes.data(LogID(ofKey: ProtobufBytes.array(start.publicKey)).bytes)
    start.software = software
    return start
  }

  private static func begin(
    _ store: Store, start: Scorebook_V1_LogStarted, key: Curve25519.Signing.PrivateKey,
    pseudonymKey: [UInt8], invitation: InvitationFile?, _ surroundings: Surroundings
  ) throws -> Ledger {
    guard let log = LogID(bytes: start.log) else { throw LedgerError.badInvitation("log id") }
    let identity = try store.write { appender in
      let number = try appender.number(of: log)
      let now = surroundings.now()
      var event = Scorebook_V1_Event()
      event.recordedUs = now.microseconds
      event.logStarted = start
      let entry: [UInt8] = try event.serializedBytes()
      let database = try appender.connection
      try LocalSetting.ownLog.set(Int64(number), in: database)
      appender.state.ownLogNumber = number
      try LocalSetting.site.set(start.site, in: database)
      try LocalSetting.logKey.set(Array(key.rawRepresentation), in: database)
      try LocalSetting.pseudonymKey.set(pseudonymKey, in: database)
      let ledger = invitation?.ledger ?? Digest256(hashing: entry)
      try LocalSetting.ledger.set(ledger.bytes, in: database)
      try LocalSetting.authorityLog.set((invitation?.authorityLog ?? log).bytes, in: database)
      let authorityKey = invitation?.authorityKey ?? Array(start.publicKey)
      try LocalSetting.authorityKey.set(authorityKey, in: database)
      if let path = store.path {
        try LocalSetting.fileIdentity.set(FileIdentity.of(path), in: database)
      }
      try invitation?.hub?.keep(in: database)
      appender.state.ledger = ledger
      appender.state.genesisLog = invitation?.authorityLog ?? log
      try appender.append(entry, event: event, log: number, received: now, isOwn: true)
      return try LedgerIdentity(reading: database, appender.state)
    }
    // From here on the file is a ledger by itself, also when it is copied without its write-ahead log.
    try store.checkpointIfUnread()
    return Ledger(store: store, surroundings: surroundings, identity: identity)
  }
}

/// Tells a file from its copy: a copied, restored or moved file has another inode.
package enum FileIdentity {
  package static func of(_ path: String) throws -> String {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    let device = attributes[.systemNumber] as? Int ?? 0
    let inode = attributes[.systemFileNumber] as? Int ?? 0
    return "\(device):\(inode)"
  }
}
