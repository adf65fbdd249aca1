/// Heads that observations name and that are not held yet. An observation says from then on what was seen, when its
/// head comes: which came first must not decide what happened before what.
package struct AwaitedHeads: Hashable, Sendable {
  private var roots: [LogID: [UInt64: Set<Digest256>]] = [:]
  /// Of logs that are proven to have forked: how far they are seen, though less of them is held.
  private var common: [LogID: UInt64] = [:]

  package init() {}

  package mutating func insert(_ head: Head) {
    roots[head.log, default: [:]][head.size, default: []].insert(head.root)
  }

  /// The common part of a forked log, whatever its root.
  package mutating func insert(commonPart end: Address) {
    common[end.log] = max(common[end.log] ?? 0, end.seq)
  }

  package mutating func formUnion(_ other: AwaitedHeads) {
    for (log, sizes) in other.roots {
      for (size, named) in sizes { roots[log, default: [:]][size, default: []].formUnion(named) }
    }
    common.merge(other.common) { max($0, $1) }
  }

  /// Whether the head with which a log has just grown is one of them. The root is computed only where it is asked for.
  package func contains(log: LogID, size: UInt64, root: () -> Digest256) -> Bool {
    roots[log]?[size]?.contains(root()) ?? false
  }

  /// Whether an observation that has just come was seen already, as part of a forked log.
  package func contains(commonPart address: Address) -> Bool {
    address.seq <= common[address.log] ?? 0
  }
}
