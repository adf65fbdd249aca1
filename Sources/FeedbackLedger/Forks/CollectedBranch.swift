import LedgerCore
import LedgerStore
import LedgerSync

/// Another branch of a log that is held here, as its entries come in batches: the way to evidence where nobody can be
/// asked, such as from a bundle. Overlapping bytes that differ show the fork point; the rest of the branch, up to the
/// head that was promised, shows the inclusion of the entry after it.
struct CollectedBranch {
  let commonSeq: UInt64
  private let promise: PromisedHead
  private var first: [UInt8] = []
  /// Leaf hashes of the entries after the last common one.
  private var leaves: [Digest256] = []

  init(promise: PromisedHead, commonSeq: UInt64) {
    self.promise = promise
    self.commonSeq = commonSeq
  }

  /// Takes what continues the branch, and keeps it in quarantine; the rest is passed over.
  mutating func take(
    _ entries: [[UInt8]], from firstSeq: UInt64, _ appender: Appender, received: Instant
  ) throws {
    var continuing: [[UInt8]] = []
    for (index, entry) in entries.enumerated() {
      let seq = firstSeq + UInt64(index)
      guard seq == commonSeq + UInt64(leaves.count) + 1, seq <= promise.head.size else { continue }
      if leaves.isEmpty { first = entry }
      leaves.append(entry.withUnsafeBytes { MerkleTree.leafHash($0) })
      continuing.append(entry)
    }
    guard let branch = leaves.first, !continuing.isEmpty else { return }
    try appender.quarantine(
      continuing, of: promise.log, from: commonSeq + UInt64(leaves.count - continuing.count) + 1,
      reason: .branch(branch), received: received)
  }

  /// Nil before the promised head is reached, or when the entries are not what it promised.
  ///
  /// `number`: of the log, whose common entries are held here.
  func branch(_ database: Connection, log number: UInt32) throws -> ForkEvidence.Branch? {
    guard !leaves.isEmpty, commonSeq + UInt64(leaves.count) == promise.head.size else { return nil }
    let nodes = MerkleNodes(database)
    let source = { (level: Int, index: UInt64) in
      try node(level, index, nodes, log: number)
    }
    let inclusion = try InclusionProof(leaf: commonSeq, size: promise.head.size, node: source)
    return ForkEvidence.Branch(entry: first, inclusion: inclusion.path, chain: promise.chain)
  }

  private func node(
    _ level: Int, _ index: UInt64, _ nodes: MerkleNodes, log: UInt32
  ) throws -> Digest256 {
    let start = index << UInt64(level)
    if start + 1 << UInt64(level) <= commonSeq {
      return try nodes.node(ofLog: log, level: level, index: index)
    }
    if level == 0 { return leaves[Int(start - commonSeq)] }
    return MerkleTree.nodeHash(
      try node(level - 1, index * 2, nodes, log: log),
      try node(level - 1, index * 2 + 1, nodes, log: log))
  }
}
