import Crypto
package import LedgerCore
package import LedgerSchema
import LedgerStore
import SwiftProtobuf

extension Ledger {
  /// Goes on in a new log that names the old one; collection loses nothing by it.
  ///
  /// One transaction. The old log's head is signed for the last time, so that what only this file holds of it can still
  /// be passed on. The new log observes every head held, the old one's included; where the old one forked, the proof
  /// comes next, and then its tail, each entry repeated: from the fork on, the old log counts nowhere.
  ///
  /// `proof`: where the old log forked and no event that is held proves it yet.
  package func startSuccessor(
    _ reason: Scorebook_V1_Predecessor.Reason, proof: ForkEvidence? = nil
  ) throws {
    let key = try surroundings.signingKey()
    let old = try identity.signingKey()
    try store.write { appender in
      guard let own = appender.state.ownLog else { throw StoreError.missingSetting("own_log") }
      let start = try succession(of: own, by: key, oldKey: old, reason)
      if let row = CheckpointTable.Row(try signedHead(of: own, key: old)) {
        try appender.keep(row, log: own.number)
      }
      try begin(start, key: key, appender)
      try refreshIdentity(appender.connection, appender.state)
      let recorder = try Recorder(appender, ledger: self, now: surroundings.now)
      try ForkTail(of: own, appender.state, adding: proof)?.repeatAll(by: recorder)
    }
  }

  private func succession(
    of own: LogState, by key: Curve25519.Signing.PrivateKey,
    oldKey: Curve25519.Signing.PrivateKey, _ reason: Scorebook_V1_Predecessor.Reason
  ) throws -> Scorebook_V1_LogStarted {
    var start = Self.logStart(site: identity.site, key: key)
    guard let log = LogID(bytes: start.log) else { throw StoreError.missingSetting("log") }
    start.ledger = ProtobufBytes.data(identity.ledger.bytes)
    start.predecessor.head.log = ProtobufBytes.data(own.id.bytes)
    start.predecessor.head.size = own.size
    start.predecessor.head.root = ProtobufBytes.data(own.frontier.root.bytes)
    start.predecessor.reason = reason
    start.predecessor.signature = try oldKey.signature(
      for: SigningPayload.succession(
        ledger: identity.ledger, predecessor: own.id, log: log, logKey: Array(start.publicKey)))
    return start
  }

  private func begin(
    _ start: Scorebook_V1_LogStarted, key: Curve25519.Signing.PrivateKey, _ appender: Appender
  ) throws {
    guard let log = LogID(bytes: start.log) else { throw StoreError.missingSetting("log") }
    let database = try appender.connection
    if let secret = identity.authoritySecret {
      try LocalSetting.authoritySecret.set(secret, in: database)
    }
    let number = try appender.number(of: log)
    try LocalSetting.ownLog.set(Int64(number), in: database)
    appender.state.ownLogNumber = number
    try LocalSetting.logKey.set(Array(key.rawRepresentation), in: database)
    // Whoever has seen the old keys must not ask in the new log's name either; the next request makes another one.
    try LocalSetting.requestKey.remove(in: database)
    try DeletedBytes.markKeys(in: database)
    if let path = store.path {
      try LocalSetting.fileIdentity.set(FileIdentity.of(path), in: database)
    }
    var event = Scorebook_V1_Event()
    let now = surroundings.now()
    event.recordedUs = now.microseconds
    event.logStarted = start
    try appender.append(
      try event.serializedBytes(), event: event, log: number, received: now, isOwn: true)
  }
}
