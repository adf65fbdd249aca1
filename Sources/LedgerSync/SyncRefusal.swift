public import LedgerCore

/// Why something from a peer was refused. Cases are facts; the wording is the caller's.
public enum SyncRefusal: Error, Hashable, Sendable {
  case protocolVersion(got: UInt32, expected: UInt32)
  /// The peer's ledger has another genesis.
  case stranger(mine: Digest256, theirs: String)
  case malformed(String)
  /// In bytes.
  case tooLarge(what: String, got: Int, limit: Int)
  case tooMany(what: String, got: Int, limit: Int)
  /// The bundle begins after what is held here.
  case gap(log: LogID, held: UInt64, first: UInt64)
  /// A log that shows neither an invitation of this ledger nor a known predecessor.
  case uninvited(log: LogID)
  case badCheckpoint(log: LogID, String)
  /// The entries do not hash to the head that the log's writer signed.
  case badProof(log: LogID, size: UInt64)
  /// The same log and seq with other bytes: two branches of one log.
  case fork(log: LogID, seq: UInt64)
  case undecodable(log: LogID, seq: UInt64)
  /// As many bytes of the log, and of others that came in by the same invitation, are held and count nothing.
  case pendingIsFull(log: LogID, limit: Int64)
  case textMismatch(log: LogID, seq: UInt64)
}
