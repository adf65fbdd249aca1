public import LedgerCore

/// Why something from a peer was refused. Cases are facts; the wording is the caller's.
public enum SyncRefusal: Error, Hashable, Sendable {
  /// The peer speaks another version of the protocol.
  case protocolVersion(got: UInt32, expected: UInt32)
  /// The peer's ledger has another genesis.
  case stranger(mine: Digest256, theirs: String)
  /// What came is not what the protocol says; with what is wrong.
  case malformed(String)
  /// More than is taken, in bytes.
  case tooLarge(what: String, got: Int, limit: Int)
  /// More of something than is taken, in numbers.
  case tooMany(what: String, got: Int, limit: Int)
  /// The bundle begins after what is held here.
  case gap(log: LogID, held: UInt64, first: UInt64)
  /// A log that shows neither an invitation of this ledger nor a known predecessor.
  case uninvited(log: LogID)
  /// The signed head of a log does not hold; with what is wrong.
  case badCheckpoint(log: LogID, String)
  /// The entries do not hash to the head that the log's writer signed.
  case badProof(log: LogID, size: UInt64)
  /// The same log and seq with other bytes: two branches of one log.
  case fork(log: LogID, seq: UInt64)
  /// The log's writer has signed for the entry, and it is no event: the log is refused from there on.
  case undecodable(log: LogID, seq: UInt64)
  /// As many bytes of the log, and of others that came in by the same invitation, are held and count nothing.
  case pendingIsFull(log: LogID, limit: Int64)
  /// The peer names that log as its own, and does not prove it.
  case unproven(log: LogID)
  /// The peer's own log was revoked, or its key given up.
  case disowned(log: LogID)
  /// The peer is this ledger itself.
  case ownLedger
  /// A text is not the one that its entry commits to.
  case textMismatch(log: LogID, seq: UInt64)
}
