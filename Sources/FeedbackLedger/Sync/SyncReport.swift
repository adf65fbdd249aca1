import LedgerCore
public import LedgerSync

/// What one session did.
public struct SyncReport: Sendable {
  /// New events taken in here, and given to the peer.
  public var received = 0
  public var sent = 0
  public var texts = 0
  /// The sites of logs that were enrolled here by this session.
  public var enrolled: [String] = []
  /// What was refused, for which the other logs went on.
  public var refusals: [SyncRefusal] = []
  public var peerSite = ""
  /// Events held that count nothing until their log is enrolled.
  public var pending: UInt64 = 0

  public init() {}
}
