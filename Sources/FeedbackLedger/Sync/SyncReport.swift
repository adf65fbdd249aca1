import LedgerCore
public import LedgerSync

/// What one session did.
public struct SyncReport: Sendable {
  /// New events taken in here, and given to the peer.
  public var received = 0
  /// New events given to the peer.
  public var sent = 0
  /// Texts taken in.
  public var texts = 0
  /// The sites of logs that were enrolled here by this session.
  public var enrolled: [String] = []
  /// What was refused, for which the other logs went on.
  public var refusals: [SyncRefusal] = []
  /// The peer's site, as it named itself.
  public var peerSite = ""
  /// Events held that count nothing until their log is enrolled.
  public var pending: UInt64 = 0

  /// Nothing done yet.
  public init() {}
}
