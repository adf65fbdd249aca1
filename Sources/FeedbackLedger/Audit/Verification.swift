public import LedgerCore

/// What a verification found wrong; the first such thing, exactly.
public enum VerificationFinding: Hashable, Sendable {
  /// SQLite's own check of the file.
  case file(String)
  /// Text of the schema that is not this version's.
  case schema(table: String)
  /// An entry that is not there.
  case missingEntry(Address)
  /// An entry whose bytes are no event.
  case undecodable(Address)
  /// The entries of a log do not hash to the root that is kept.
  case root(log: LogID, size: UInt64)
  /// The entries do not hash to a head that the log's writer signed.
  case signedHead(log: LogID, size: UInt64, seq: UInt64?)
  case signature(log: LogID, size: UInt64)
  /// Fewer or other entries than were acknowledged.
  case acknowledged(log: LogID, acknowledged: UInt64, held: UInt64)
  /// An `observed` event whose stamp is not above those of the heads it names.
  case stamp(Address)
  /// Evidence of a fork that proves none; it silences nobody.
  case forkProof(Address)
  /// A text that does not match its commitment.
  case text(Address, ordinal: Int)
  /// A derived table that is not what a replay from zero gives.
  case view(table: String)
}

/// The outcome of a verification.
public struct VerificationReport: Sendable {
  /// Entries hashed again.
  public var entries: UInt64 = 0
  /// Logs held.
  public var logs = 0
  /// Heads whose signature was checked.
  public var signedHeads = 0
  /// Texts that matched their commitment.
  public var texts: UInt64 = 0
  /// Derived tables compared with a replay.
  public var views = 0
  /// Logs that two machines wrote to, by proofs that hold.
  public var forks: [ClonedLog] = []
  /// Names what was verified; nil for an empty ledger.
  public var digest: Digest256?
  /// Empty when nothing was altered.
  public var findings: [VerificationFinding] = []
}
