import Crypto
import LedgerCore
import LedgerSchema
import LedgerStore
import SwiftProtobuf

/// What opening a ledger found out about its file.
public enum OpenFinding: String, Hashable, Sendable {
  /// The file has another inode than it recorded: copied, restored or moved.
  case copied
  /// The file holds less than was acknowledged: an old state of it, or a damaged write-ahead log.
  case shorterThanAcknowledged
}

extension Ledger {
  /// Opens a ledger file. A copied or restored one goes on at once in a successor log, so that two copies never
  /// write to the same log; `opened` says so.
  ///
  /// - Throws: `StoreError` for a file that is missing, no ledger, newer, or locked for ten seconds.
  public static func open(
    at path: String, surroundings: Surroundings = .system,
    opened: (OpenFinding) -> Void = { _ in }
  ) throws -> Ledger {
    let store = try Store.open(at: path)
    try rebuildIfOutdated(store)
    let identity = try store.read { try LedgerIdentity(reading: $0, $1) }
    let ledger = Ledger(store: store, surroundings: surroundings, identity: identity)
    guard let finding = try ledger.finding(at: path) else { return ledger }
    opened(finding)
    return try ledger.startSuccessor(finding, path: path)
  }

  private static func rebuildIfOutdated(_ store: Store) throws {
    guard try store.needsRebuild() else { return }
    try store.rebuild()
  }

  private func finding(at path: String) throws -> OpenFinding? {
    let (recorded, own) = try store.read { database, state in
      (try LocalSetting.fileIdentity.text(in: database), state.ownLog)
    }
    if try FileIdentity.of(path) != recorded { return .copied }
    guard let head = store.acknowledgedHead(), let own, head.log == own.id else { return nil }
    if head.size > own.size { return .shorterThanAcknowledged }
    let root = try store.read { database, _ in
      try MerkleNodes(database).root(ofLog: own.number, size: head.size)
    }
    return root == head.root ? nil : .shorterThanAcknowledged
  }

  /// Starts a new log that names the old one. Its first event after that observes every head held.
  package func startSuccessor(_ finding: OpenFinding, path: String?) throws -> Ledger {
    let key = Curve25519.Signing.PrivateKey()
    let old = try identity.signingKey()
    let successor = try store.write { appender -> LedgerIdentity in
      guard let own = appender.state.ownLog else { throw StoreError.missingSetting("own_log") }
      var start = Self.logStart(site: identity.site, key: key, surroundings)
      guard let log = LogID(bytes: start.log) else { throw StoreError.missingSetting("log") }
      start.ledger = ProtobufBytes.data(identity.ledger.bytes)
      start.predecessor.head.log = ProtobufBytes.data(own.id.bytes)
      start.predecessor.head.size = own.size
      start.predecessor.head.root = ProtobufBytes.data(own.frontier.root.bytes)
      start.predecessor.reason = finding == .copied ? .copied : .shorterThanHighWater
      start.predecessor.signature = try old.signature(
        for: SigningPayload.succession(
          ledger: identity.ledger, predecessor: own.id, log: log, logKey: Array(start.publicKey)))
      let database = try appender.connection
      let number = try appender.number(of: log)
      try LocalSetting.ownLog.set(Int64(number), in: database)
      appender.state.ownLogNumber = number
      try LocalSetting.logKey.set(Array(key.rawRepresentation), in: database)
      if let path { try LocalSetting.fileIdentity.set(FileIdentity.of(path), in: database) }
      var event = Scorebook_V1_Event()
      let now = surroundings.now()
      event.recordedUs = now.microseconds
      event.logStarted = start
      try appender.append(
        try event.serializedBytes(), event: event, log: number, received: now, isOwn: true)
      return try LedgerIdentity(reading: database, appender.state)
    }
    let ledger = Ledger(store: store, surroundings: surroundings, identity: successor)
    // Making a recorder observes every head held, the predecessor's included.
    try ledger.withRecorder { _ in }
    return ledger
  }
}
