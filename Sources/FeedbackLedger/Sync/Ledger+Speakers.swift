package import LedgerCore
package import LedgerSchema
import LedgerStore
import LedgerSync
import SwiftProtobuf

/// A log that may not speak here any more.
package struct RevokedLog: Error {
  let log: LogID

  package init(_ log: LogID) {
    self.log = log
  }
}

/// A log that may bring what it has, and is given nothing of others' yet.
package struct PendingLog: Error {
  let log: LogID
}

/// Who may speak to this ledger through a connection. The one place that decides it.
extension Ledger {
  /// A log's request key, when the log vouches for it, and is held here or shows an invitation.
  ///
  /// - Throws: `SyncRefusal.uninvited`, or `.malformed` for a join that is none; `RevokedLog`.
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

  /// Whether somebody has said that the log belongs.
  package func isMember(_ log: LogID) throws -> Bool {
    try store.read { _, state in
      // Where the authority's log has not come yet, nobody can tell, and there is little to give.
      state.membership.map { $0.admittedLimit(of: log) > 0 } ?? true
    }
  }

  /// Entries are given to members only: whoever has come by an invitation could read everything with it, used up or
  /// not.
  ///
  /// - Throws: `PendingLog`.
  package func expectMember(_ log: LogID) throws {
    guard try isMember(log) else { throw PendingLog(log: log) }
  }

  /// The key of a log that is held; else the one that its first entry states, if that admits it: perhaps by logs that
  /// are not held either, and that the join shows.
  private func logKey(of join: Scorebook_V1_Join, log: LogID) throws -> [UInt8]? {
    guard join.predecessors.count <= SyncLimits.predecessorsMax else {
      throw SyncRefusal.tooMany(
        what: "predecessors", got: join.predecessors.count, limit: SyncLimits.predecessorsMax)
    }
    return try store.read { _, state in
      if let held = state.log(log), held.size > 0 { return held.publicKey }
      var shown: [LogID: [UInt8]] = [:]
      for entry in join.predecessors + [join.firstEntry] {
        guard let (log, key) = try admitted(ProtobufBytes.array(entry), state, beside: shown) else {
          continue
        }
        shown[log] = key
      }
      return shown[log]
    }
  }

  /// A log and its key, where its first entry admits it.
  ///
  /// - Throws: `RevokedLog` where it goes on from one that was revoked: it was revoked with it.
  private func admitted(
    _ entry: [UInt8], _ state: StoreState, beside shown: [LogID: [UInt8]]
  ) throws -> (log: LogID, key: [UInt8])? {
    guard let event = try? Scorebook_V1_Event(serializedBytes: entry),
      case .logStarted(let start) = event.body, let log = LogID(bytes: start.log)
    else { return nil }
    let ground = Admission.ground(
      of: start, log: log, entry: entry, ledger: identity.ledger,
      genesis: identity.authorityLog,
      authorityKeys: [identity.authorityKey] + (state.membership?.authorityKeys ?? []),
      key: { state.log($0)?.publicKey ?? shown[$0] })
    switch ground {
    case nil: return nil
    case .successor(let predecessor)? where state.membership?.isRevoked(predecessor) == true:
      throw RevokedLog(log)
    case .genesis?, .invited?, .successor?: return (log, ProtobufBytes.array(start.publicKey))
    }
  }
}
