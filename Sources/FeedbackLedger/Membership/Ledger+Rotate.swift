import LedgerCore
import LedgerSchema
import LedgerStore

extension Ledger {
  /// Of the own log's key, for people to compare: five groups of four hexadecimal digits.
  public func keyFingerprint() throws -> String {
    KeyFingerprint(try identity.publicKey()).text
  }

  /// Gives up the key of the own log and goes on in a new log with a new key; the request key changes with it.
  ///
  /// The old key signs the new log's beginning, which names where the old one ends. From then on, at every site that
  /// has heard of it, the old log counts up to there and nothing but the new log goes on from it. All that was recorded
  /// stays, under its address. The old keys leave the file, but at an authority for the one that signs invitations.
  ///
  /// - Returns: whether they are gone; where another process reads an older state, they go when that has ended and the
  ///   ledger is opened or written again.
  /// - Throws: `LedgerError.clonedLog` where another log goes on from this one too: one of the two would lose its
  ///   rights, and which one is for a person to say.
  @discardableResult
  public func rotateKey() throws -> Bool {
    let own = identity.log
    let others = try store.read { _, state in
      state.membership?.members.values.filter { $0.predecessor == own }.map(\.log) ?? []
    }
    if let other = others.min() { throw LedgerError.clonedLog(own, in: other) }
    try startSuccessor(.rotated)
    return try store.awaitDeleted()
  }
}
