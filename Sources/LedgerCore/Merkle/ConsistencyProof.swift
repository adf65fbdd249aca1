/// Shows that a tree only grew: that the first `oldSize` leaves of the tree of `newSize` leaves are
/// those of the old one.
public struct ConsistencyProof: Hashable, Sendable {
  /// The size of the earlier tree.
  public let oldSize: UInt64
  /// The size of the later tree.
  public let newSize: UInt64
  /// Empty when the old tree is empty or as large as the new one.
  public let path: [Digest256]

  /// Takes a proof as it came; only ``verify(oldRoot:newRoot:)`` says whether it holds.
  public init(oldSize: UInt64, newSize: UInt64, path: [Digest256]) {
    self.oldSize = oldSize
    self.newSize = newSize
    self.path = path
  }

  /// Makes the proof. O(log newSize) calls of `node`. Source: RFC 9162 §2.1.4.1.
  ///
  /// - Throws: ``ProofRefusal/treeShrank(from:to:)``; what `node` throws.
  public init(oldSize: UInt64, newSize: UInt64, node: MerkleTree.NodeSource) throws {
    guard oldSize <= newSize else {
      throw ProofRefusal.treeShrank(from: oldSize, to: newSize)
    }
    var path: [Digest256] = []
    var leaves = 0..<newSize
    while leaves.upperBound != oldSize, oldSize > 0 {
      let middle = leaves.lowerBound + MerkleTree.split(leaves.upperBound - leaves.lowerBound)
      let (left, right) = (leaves.lowerBound..<middle, middle..<leaves.upperBound)
      let sibling = oldSize <= middle ? right : left
      path.append(MerkleTree.fold(try MerkleTree.edge(of: sibling, node: node)))
      leaves = oldSize <= middle ? left : right
    }
    // A node that starts at leaf 0 is the old tree itself, whose root the verifier has.
    if leaves.lowerBound > 0 {
      path.append(MerkleTree.fold(try MerkleTree.edge(of: leaves, node: node)))
    }
    self.init(oldSize: oldSize, newSize: newSize, path: path.reversed())
  }

  /// Checks that one path leads to both roots. At most 128 hashes, whatever the proof says.
  ///
  /// As with ``InclusionProof``, each size must come from one signed head with its root.
  ///
  /// RFC 9162 §2.1.4.2 has 0 < oldSize < newSize. Beyond it: every tree continues the empty one,
  /// and a tree of the same size continues it when the root is the same; both take an empty path.
  public func verify(oldRoot: Digest256, newRoot: Digest256) throws(ProofRefusal) {
    guard oldSize <= newSize else { throw .treeShrank(from: oldSize, to: newSize) }
    guard oldSize > 0, oldSize < newSize else {
      return try verifyWithoutPath(oldRoot: oldRoot, newRoot: newRoot)
    }
    let hashes = try climb(from: oldRoot)
    guard hashes.old == oldRoot else { throw .oldRootDiffers }
    guard hashes.new == newRoot else { throw .newRootDiffers }
  }

  /// Whether the proof shows that the tree only grew; see ``verify(oldRoot:newRoot:)``.
  public static func verify(
    oldSize: UInt64, oldRoot: Digest256, newSize: UInt64, newRoot: Digest256, proof: [Digest256]
  ) -> Bool {
    let proof = ConsistencyProof(oldSize: oldSize, newSize: newSize, path: proof)
    do throws(ProofRefusal) {
      try proof.verify(oldRoot: oldRoot, newRoot: newRoot)
      return true
    } catch {
      return false
    }
  }

  private func verifyWithoutPath(oldRoot: Digest256, newRoot: Digest256) throws(ProofRefusal) {
    guard path.isEmpty else { throw .pathTooLong }
    guard oldSize > 0 || oldRoot == MerkleTree.emptyRoot else { throw .oldRootDiffers }
    guard oldSize < newSize || oldRoot == newRoot else { throw .newRootDiffers }
  }

  /// The roots to which the path leads. Starts at the smallest complete subtree on the edge of the
  /// old tree.
  private func climb(
    from oldRoot: Digest256
  ) throws(ProofRefusal) -> (old: Digest256, new: Digest256) {
    let level = oldSize.trailingZeroBitCount
    var ascent = MerkleAscent(node: (oldSize - 1) >> level, last: (newSize - 1) >> level)
    var siblings = path[...]
    // A complete old tree is that subtree, and its root is not repeated in the path.
    let isComplete = oldSize.nonzeroBitCount == 1
    guard let start = isComplete ? oldRoot : siblings.popFirst() else { throw .pathTooShort }
    var hashes = (old: start, new: start)
    for sibling in siblings {
      switch ascent.next() {
      case .left:
        hashes.old = MerkleTree.nodeHash(sibling, hashes.old)
        hashes.new = MerkleTree.nodeHash(sibling, hashes.new)
      case .right: hashes.new = MerkleTree.nodeHash(hashes.new, sibling)
      case nil: throw .pathTooLong
      }
    }
    guard ascent.isAtRoot else { throw .pathTooShort }
    return hashes
  }
}
