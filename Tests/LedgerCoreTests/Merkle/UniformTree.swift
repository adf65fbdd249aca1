import LedgerCore

/// A tree whose leaves are all equal: a node depends on its level only, so trees of any size can be
/// had at once.
struct UniformTree {
  let leaf = MerkleTree.leafHash([])
  private let levels: [Digest256]

  init() {
    levels = (1...63).reduce(into: [MerkleTree.leafHash([])]) { levels, _ in
      levels.append(MerkleTree.nodeHash(levels[levels.count - 1], levels[levels.count - 1]))
    }
  }

  func node(level: Int, index: UInt64) -> Digest256 { levels[level] }
}
