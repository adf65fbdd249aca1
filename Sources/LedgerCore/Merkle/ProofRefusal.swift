/// Why a proof is not made or not accepted.
public enum ProofRefusal: Error, Hashable, Sendable {
  /// The tree has no such leaf; leaves count from 0.
  case leafOutsideTree(leaf: UInt64, size: UInt64)
  /// The later tree is the smaller one.
  case treeShrank(from: UInt64, to: UInt64)
  /// The path ends below the root.
  case pathTooShort
  /// The path goes on above the root.
  case pathTooLong
  /// The path from the leaf leads to another root.
  case rootDiffers
  /// The path does not lead to the root of the earlier tree.
  case oldRootDiffers
  /// The path does not lead to the root of the later tree.
  case newRootDiffers
}
