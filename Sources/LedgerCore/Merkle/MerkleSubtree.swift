/// The root of a complete subtree: it never changes, so a store may keep it.
public struct MerkleSubtree: Hashable, Sendable {
  /// The subtree has 2^level leaves; a leaf is level 0.
  public let level: Int
  /// 0-based, among the subtrees of this level.
  public let index: UInt64
  /// Its root: for level 0 the leaf hash.
  public let hash: Digest256

  /// Takes the three as they are.
  public init(level: Int, index: UInt64, hash: Digest256) {
    self.level = level
    self.index = index
    self.hash = hash
  }
}
