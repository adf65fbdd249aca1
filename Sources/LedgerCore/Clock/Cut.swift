import Crypto

/// A causally closed vector clock, used as a point in time. It can only be made from one that is proven closed.
public struct Cut: Hashable, Sendable {
  public let clock: VectorClock

  /// The clock grown by its causes.
  package init(growing clock: VectorClock, in causality: Causality) {
    self.clock = causality.closure(of: clock)
  }

  /// Nil unless the clock is closed already.
  package init?(_ clock: VectorClock, in causality: Causality) {
    guard causality.closure(of: clock) == clock else { return nil }
    self.clock = clock
  }

  /// The cut in which nothing has happened yet.
  public static let empty = Cut(proven: VectorClock())

  /// What both cuts hold; closed, as both are.
  public func meeting(_ other: Cut) -> Cut {
    Cut(proven: clock.meeting(other.clock))
  }

  /// What either holds; closed, as both are.
  public func joined(with other: Cut) -> Cut {
    Cut(proven: clock.joined(with: other.clock))
  }

  public func covers(_ other: Cut) -> Bool {
    clock.covers(other.clock)
  }

  private init(proven clock: VectorClock) {
    self.clock = clock
  }
}

/// A Merkle head without its signature: how long a log is, and the root of its tree.
public struct Head: Hashable, Sendable {
  public let log: LogID
  public let size: UInt64
  public let root: Digest256

  public init(log: LogID, size: UInt64, root: Digest256) {
    self.log = log
    self.size = size
    self.root = root
  }

  public var address: Address { Address(log: log, seq: size) }
}

extension Digest256 {
  /// The digest of a cut or of a ledger's holdings: SHA-256 of (log 16 ‖ size u64 big-endian ‖ root 32) in
  /// ascending log order, sizes > 0 (DESIGN §2.7).
  public init(of heads: some Sequence<Head>) {
    var hash = SHA256()
    for head in heads.filter({ $0.size > 0 }).sorted(by: { $0.log < $1.log }) {
      hash.update(data: head.log.bytes + [UInt8](bigEndian: head.size) + head.root.bytes)
    }
    self.init(hash.finalize())
  }
}
