public import LedgerCore
import LedgerSchema
import LedgerStore

extension Ledger {
  /// Where the authority is lost or its key was stolen: this ledger decides from here on, by the word of whoever has
  /// the recovery key. What the authority recorded and decided until now stays; what its logs record afterwards, and
  /// what goes on from them, is held and counts nothing, at every ledger that hears of it, in whatever order.
  ///
  /// A fork of the authority's log below its named end still cuts it there, and what was decided after it, until this
  /// ledger adopts the tail; what a delegate enrols before it hears of the recovery stands.
  ///
  /// `after`: the last entry of the authority's log that counts; nil: everything that is held here now.
  /// - Returns: how far the logs count that decided before, ascending.
  /// - Throws: `LedgerError.badRecoveryKey` for a key that the ledger's genesis does not name; `.inOffice` where this
  ///   ledger decides already; `.wasReplaced` where it did, and another was put in its place; `.severalLogs` where
  ///   `after` is given and several logs decide, `.revokesBeyond` where it is given and not held here; `.noGenesis`
  ///   before the first sync.
  @discardableResult
  public func recover(with key: RecoveryKey, after seq: UInt64? = nil) throws -> [Address] {
    try withRecorder { recorder in
      let state = recorder.appender.state
      guard let membership = state.membership, membership.members[identity.authorityLog] != nil
      else { throw LedgerError.noGenesis }
      guard !membership.recoveryKey.isEmpty else {
        throw LedgerError.badRecoveryKey("none was made with this ledger")
      }
      guard try key.publicKey == membership.recoveryKey else {
        throw LedgerError.badRecoveryKey("it is not the one that was made with this ledger")
      }
      guard !membership.isInOffice(identity.log) else { throw LedgerError.inOffice(site) }
      guard !membership.isAuthority(identity.log) else { throw LedgerError.wasReplaced(site) }
      let logs = state.logs.filter { $0.size > 0 && membership.isAuthority($0.id) }
      let deciding = logs.filter { membership.isInOffice($0.id) }
      guard seq == nil || deciding.count == 1 else {
        throw LedgerError.severalLogs(deciding.first?.site ?? site, deciding.map(\.id))
      }
      if let seq, let log = deciding.first, seq > log.size {
        throw LedgerError.revokesBeyond(log.id, end: log.size)
      }
      let replacement = AuthorityReplacement(
        log: identity.log, publicKey: try identity.publicKey(),
        ended: logs.map { log in
          let isCut = deciding.contains { $0.id == log.id }
          return Address(log: log.id, seq: min(log.size, isCut ? seq ?? .max : .max))
        })
      let signature = try key.signature(of: replacement.payload(ledger: identity.ledger))
      try recorder.append(.authorityReplaced(replacement.message(signature: signature)))
      try takeOffice(recorder.appender)
      return replacement.ended
    }
  }
}
