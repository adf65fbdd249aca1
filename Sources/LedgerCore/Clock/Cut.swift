/// A causally closed vector clock, used as a point in time. It can only be made from one that is proven closed.
public struct Cut: Hashable, Sendable {
  /// Causally closed.
  public let clock: VectorClock

  /// The clock grown by its causes.
  package init(growing clock: VectorClock, in causality: Causality) {
    self.clock = causality.closure(of: clock)
  }

  /// What a ledger held once. Observations in it of what it did not hold are not seen in this cut, so that it is closed
  /// by what is.
  package init(asItStood clock: VectorClock) {
    self.clock = clock
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

  /// Whether everything in `other` is in this cut too.
  public func covers(_ other: Cut) -> Bool {
    clock.covers(other.clock)
  }

  private init(proven clock: VectorClock) {
    self.clock = clock
  }
}

/// A Merkle head without its signature: how long a log is, and the root of its tree.
public struct Head: Hashable, Sendable {
  /// Whose head it is.
  public let log: LogID
  /// Entries that the root covers.
  public let size: UInt64
  /// RFC 9162 root over them; of the empty tree for size 0.
  public let root: Digest256

  /// Takes the three as they are; nothing is proven.
  public init(log: LogID, size: UInt64, root: Digest256) {
    self.log = log
    self.size = size
    self.root = root
  }

  /// The last entry that the root covers.
  public var address: Address { Address(log: log, seq: size) }
}

extension Digest256 {
  /// The digest of a cut or of a ledger's holdings: SHA-256 of (log 16 ‖ size u64 big-endian ‖ root 32) in
  /// ascending log order, sizes > 0 (DESIGN §2.7).
  public init(of heads: some Sequence<Head>) {
    var bytes: [UInt8] = []
    for head in heads.filter({ $0.size > 0 }).sorted(by: { $0.log < $1.log }) {
      bytes.append(bigEndian: head.log.high, head.log.low, head.size)
      let root = head.root.words
      bytes.append(bigEndian: root.0, root.1, root.2, root.3)
    }
    self.init(hashing: bytes)
  }
}
