/// Shows that an entry is in a tree: the siblings on the way from its leaf to the root, from the
/// leaf up.
public struct InclusionProof: Hashable, Sendable {
  /// 0-based: seq - 1.
  public let leaf: UInt64
  /// The size of the tree.
  public let size: UInt64
  /// From the leaf up.
  public let path: [Digest256]

  /// Takes a proof as it came; only ``verify(leafHash:root:)`` says whether it holds.
  public init(leaf: UInt64, size: UInt64, path: [Digest256]) {
    self.leaf = leaf
    self.size = size
    self.path = path
  }

  /// Makes the proof. O(log size) calls of `node`. Source: RFC 9162 §2.1.3.1.
  ///
  /// - Throws: ``ProofRefusal/leafOutsideTree(leaf:size:)``; what `node` throws.
  public init(leaf: UInt64, size: UInt64, node: MerkleTree.NodeSource) throws {
    guard leaf < size else { throw ProofRefusal.leafOutsideTree(leaf: leaf, size: size) }
    var path: [Digest256] = []
    var leaves = 0..<size
    while leaves.upperBound - leaves.lowerBound > 1 {
      let middle = leaves.lowerBound + MerkleTree.split(leaves.upperBound - leaves.lowerBound)
      let (left, right) = (leaves.lowerBound..<middle, middle..<leaves.upperBound)
      let sibling = leaf < middle ? right : left
      path.append(MerkleTree.fold(try MerkleTree.edge(of: sibling, node: node)))
      leaves = leaf < middle ? left : right
    }
    self.init(leaf: leaf, size: size, path: path.reversed())
  }

  /// Checks that the path leads from the leaf hash to the root. At most 64 hashes, whatever the
  /// proof says.
  ///
  /// A path says little of the size: trees of 5 and of 8 leaves have the same way up from leaf 0.
  /// So size and root must come from one signed head.
  ///
  /// Source: RFC 9162 §2.1.3.2.
  public func verify(leafHash: Digest256, root: Digest256) throws(ProofRefusal) {
    guard leaf < size else { throw .leafOutsideTree(leaf: leaf, size: size) }
    var ascent = MerkleAscent(node: leaf, last: size - 1)
    var hash = leafHash
    for sibling in path {
      switch ascent.next() {
      case .left: hash = MerkleTree.nodeHash(sibling, hash)
      case .right: hash = MerkleTree.nodeHash(hash, sibling)
      case nil: throw .pathTooLong
      }
    }
    guard ascent.isAtRoot else { throw .pathTooShort }
    guard hash == root else { throw .rootDiffers }
  }
}
