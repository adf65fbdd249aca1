/// The right edge of a tree: all that is needed to append to it and to know its root.
///
/// One hash for every bit set in `size`: the roots of the complete subtrees, from left to right.
///
/// Source: the compact ranges of https://github.com/transparency-dev/merkle, those that start at
/// leaf 0.
public struct MerkleFrontier: Hashable, Sendable {
  /// The number of leaves.
  public private(set) var size: UInt64
  /// From left to right, that is from the largest subtree to the smallest. At most 64.
  public private(set) var hashes: [Digest256]

  /// The edge of the empty tree.
  public init() {
    size = 0
    hashes = []
  }

  /// Nil unless there are as many hashes as a tree of that size has complete subtrees.
  public init?(size: UInt64, hashes: [Digest256]) {
    guard hashes.count == size.nonzeroBitCount else { return nil }
    self.size = size
    self.hashes = hashes
  }

  /// The edge of the tree of the first `size` leaves. O(log size) calls of `node`.
  ///
  /// - Throws: What `node` throws.
  public init(size: UInt64, node: MerkleTree.NodeSource) throws {
    self.size = size
    hashes = try MerkleTree.edge(of: 0..<size, node: node)
  }

  /// The root of the tree; ``MerkleTree/emptyRoot`` without leaves. At most 63 hashes; not kept,
  /// since an append of many leaves needs one root only.
  public var root: Digest256 {
    MerkleTree.fold(hashes)
  }

  /// Appends a leaf hash. One hash amortised, 64 at most.
  public mutating func append(leaf: Digest256) {
    append(leaf: leaf, completedFrom: .max) { _ in }
  }

  /// Appends a leaf hash and reports the subtrees that it completes, from small to large.
  ///
  /// - Parameters:
  ///   - leaf: The hash of the entry with seq `size` + 1.
  ///   - level: Smaller subtrees are not reported: a store that keeps those of 256 leaves and more
  ///     asks from level 8.
  ///   - completed: Called for every such subtree; the leaf itself is level 0.
  /// - Precondition: `size` is below 2^64 - 1.
  public mutating func append(
    leaf: Digest256, completedFrom level: Int, _ completed: (MerkleSubtree) -> Void
  ) {
    precondition(size < .max, "A tree has at most 2^64 - 1 leaves.")
    var subtree = MerkleSubtree(level: 0, index: size, hash: leaf)
    if level <= 0 { completed(subtree) }
    // An odd index has a sibling on its left, which waits at the end of the edge.
    while !subtree.index.isMultiple(of: 2), let left = hashes.popLast() {
      subtree = MerkleSubtree(
        level: subtree.level + 1, index: subtree.index / 2,
        hash: MerkleTree.nodeHash(left, subtree.hash))
      if level <= subtree.level { completed(subtree) }
    }
    hashes.append(subtree.hash)
    size += 1
  }
}
