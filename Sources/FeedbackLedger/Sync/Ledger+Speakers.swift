package import LedgerCore
package import LedgerSchema
import LedgerStore
import LedgerSync
import SwiftProtobuf

/// Who may speak to this ledger through a connection. The one place that decides it.
extension Ledger {
  /// A log's request key, when the log vouches for it, and is held here or shows an invitation.
  ///
  /// - Throws: `SyncRefusal.uninvited`, or `.malformed` for a join that is none.
  package func requestKey(of join: Scorebook_V1_Join) throws -> (log: LogID, key: [UInt8]) {
    guard let log = LogID(bytes: join.log), join.requestKey.count == 32 else {
      throw SyncRefusal.malformed("a join without log or key")
    }
    let ledger = identity.ledger
    let requestKey = ProtobufBytes.array(join.requestKey)
    guard let logKey = try logKey(of: join, log: log),
      Signature.isValid(
        ProtobufBytes.array(join.signature),
        of: SigningPayload.requests(ledger: ledger, log: log, requestKey: requestKey), key: logKey)
    else { throw SyncRefusal.uninvited(log: log) }
    return (log, requestKey)
  }

  /// Whether the log's requests are answered at this moment: not once it was revoked or its key given up. A pending
  /// log is answered, since only what it brings can get it enrolled; a retired one too, so that it hears of it.
  package func answers(_ log: LogID) throws -> Bool {
    try store.read { _, state in
      guard let membership = state.membership else { return true }
      return !membership.isRevoked(log) && !membership.isGivenUp(log)
    }
  }

  /// The key of a log that is held; else the one that its first entry states, if that admits it.
  private func logKey(of join: Scorebook_V1_Join, log: LogID) throws -> [UInt8]? {
    let entry = ProtobufBytes.array(join.firstEntry)
    return try store.read { _, state in
      if let held = state.log(log), held.size > 0 { return held.publicKey }
      guard let event = try? Scorebook_V1_Event(serializedBytes: entry),
        case .logStarted(let start) = event.body,
        Admission.ground(
          of: start, log: log, entry: entry, ledger: identity.ledger,
          genesis: identity.authorityLog,
          authorityKeys: [identity.authorityKey] + (state.membership?.authorityKeys ?? []),
          key: { state.log($0)?.publicKey }) != nil
      else { return nil }
      return ProtobufBytes.array(start.publicKey)
    }
  }
}
