import LedgerCore

/// Bounds on everything that comes from a peer, in one place.
public enum SyncLimits {
  /// Both sides must speak the same.
  public static let protocolVersion: UInt32 = 1
  /// Bytes of one frame, before compression.
  public static let frameBytesMax = 1 << 20
  /// Events of one batch; a batch is one transaction at the receiver.
  public static let batchEventsMax = 4_096
  /// Bytes of a bundle file.
  public static let bundleBytesMax = 256 << 20
  /// Bytes of one request or answer, as it travels; a longer exchange is several of them.
  public static let exchangeBytesMax = 8 << 20
  /// The same, unpacked.
  public static let exchangePlainBytesMax = 64 << 20
  /// Uncompressed to compressed bytes; honest bundles stay below 20.
  public static let compressionRatioMax = 50
  /// Logs of one ledger.
  public static let logsMax = 100_000
  /// Texts asked for in one session.
  public static let missingTextsMax = 4_096
  /// Nodes of one proof.
  public static var proofNodesMax: Int { HeadChain.proofNodesMax }
  /// Heads of one question about where two branches part.
  public static let forkHeadsMax = 64
}
