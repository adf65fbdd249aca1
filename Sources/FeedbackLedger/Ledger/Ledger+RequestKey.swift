package import Crypto
import LedgerCore
package import LedgerSchema
import LedgerStore
import LedgerSync
import SwiftProtobuf

/// The key that signs requests to a hub. It is not the log's: who steals it from a running program can ask questions,
/// and can write nothing that anybody would count.
extension Ledger {
  /// Made when it is first needed, and kept beside the log's key.
  package func requestKey() throws -> Curve25519.Signing.PrivateKey {
    let kept = try store.read { database, state in
      try refreshIdentity(database, state)
      return try LocalSetting.requestKey.bytes(in: database)
    }
    if let kept { return try Curve25519.Signing.PrivateKey(rawRepresentation: kept) }
    let seed = try store.exclusively { database in
      // Another process may have made it since.
      if let seed = try LocalSetting.requestKey.bytes(in: database) { return seed }
      let seed = Array(Curve25519.Signing.PrivateKey().rawRepresentation)
      try LocalSetting.requestKey.set(seed, in: database)
      return seed
    }
    return try Curve25519.Signing.PrivateKey(rawRepresentation: seed)
  }

  /// Presents the request key to a hub: signed by the log, and with what admits the log where it is not held yet.
  package func joining() throws -> Scorebook_V1_Join {
    let key = Array(try requestKey().publicKey.rawRepresentation)
    let firsts = try store.read { database, state in
      let reader = EntryReader(database)
      let logs = [identity.log] + OwnLogs(of: state).left.map(\.log)
      return try logs.prefix(SyncLimits.predecessorsMax + 1).compactMap { log in
        try state.numbers[log].flatMap { try reader.entry(log: $0, seq: 1) }
      }
    }
    var join = Scorebook_V1_Join()
    join.log = ProtobufBytes.data(identity.log.bytes)
    join.firstEntry = ProtobufBytes.data(firsts.first ?? [])
    join.predecessors = firsts.dropFirst().reversed().map { ProtobufBytes.data($0) }
    join.requestKey = ProtobufBytes.data(key)
    let payload = SigningPayload.requests(
      ledger: identity.ledger, log: identity.log, requestKey: key)
    join.signature = try identity.signingKey().signature(for: payload)
    return join
  }
}
