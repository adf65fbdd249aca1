extension InclusionProof {
  /// The siblings on the left of the way up: the roots of the complete subtrees over the leaves before this one, from
  /// small to large. Of two trees they are equal exactly when the same leaves come before the leaf.
  ///
  /// Says something only of a path that ``verify(leafHash:root:)`` accepts.
  package var leftSiblings: [Digest256] {
    guard leaf < size else { return [] }
    var ascent = MerkleAscent(node: leaf, last: size - 1)
    return path.filter { _ in ascent.next() == .left }
  }
}
