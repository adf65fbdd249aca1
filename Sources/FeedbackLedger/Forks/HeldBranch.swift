import LedgerCore
import LedgerStore

/// A branch of a forked log up to one head, found among what is held: in the log itself or in quarantine.
struct HeldBranch {
  let head: Head
  /// The entries after the last common one, up to the head.
  let entries: [[UInt8]]
  /// The roots after each of them.
  let roots: [Digest256]

  /// Nil when nothing that is held hashes to such a head.
  init?(
    of log: LogState, after commonSeq: UInt64, size: UInt64, rootPrefix: String,
    _ database: Connection
  ) throws {
    let common = try MerkleFrontier(size: commonSeq) { level, index in
      try MerkleNodes(database).node(ofLog: log.number, level: level, index: index)
    }
    for entries in try Self.candidates(of: log, after: commonSeq, size: size, database) {
      var frontier = common
      let roots = entries.map { entry in
        frontier.append(leaf: entry.withUnsafeBytes { MerkleTree.leafHash($0) })
        return frontier.root
      }
      guard let root = roots.last, root.description.hasPrefix(rootPrefix) else { continue }
      head = Head(log: log.id, size: size, root: root)
      self.entries = entries
      self.roots = roots
      return
    }
    return nil
  }

  /// Whether another head of the log lies on this branch, at or below its head.
  func covers(_ other: Head, after commonSeq: UInt64) -> Bool {
    guard other.log == head.log, other.size > commonSeq, other.size <= head.size else {
      return false
    }
    return roots[Int(other.size - commonSeq) - 1] == other.root
  }

  private static func candidates(
    of log: LogState, after commonSeq: UInt64, size: UInt64, _ database: Connection
  ) throws -> [[[UInt8]]] {
    guard size > commonSeq else { return [] }
    var candidates: [[[UInt8]]] = []
    if size <= log.size {
      var held: [[UInt8]] = []
      try EntryReader(database).forEachEntry(log: log.number, seqs: commonSeq + 1...size) {
        held.append($1)
      }
      candidates.append(held)
    }
    let kept = try QuarantineTable(database).branchEntries(of: log.id)
    for reason in Set(kept.map(\.reason)).sorted() {
      var branch: [[UInt8]] = []
      for entry in kept where entry.reason == reason {
        // In order of seq; of several at one seq the first that came.
        if entry.seq == commonSeq + UInt64(branch.count) + 1, entry.seq <= size {
          branch.append(entry.bytes)
        }
      }
      if commonSeq + UInt64(branch.count) == size { candidates.append(branch) }
    }
    return candidates
  }
}
