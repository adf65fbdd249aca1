import LedgerCore
import Testing
import TestSupport

@Suite struct InclusionProofTests {
  private static let sizeMax = 64
  private let tree = NaiveTree(size: sizeMax)

  @Test func `the paths of the reference tree come out`() throws {
    let tree = try ReferenceTree.tree()
    let first = try InclusionProof(leaf: 0, size: 8, node: tree.node)
    let sixth = try InclusionProof(leaf: 5, size: 8, node: tree.node)
    #expect(first.path.map(\.description) == ReferenceTree.pathOfFirst)
    #expect(sixth.path.map(\.description) == ReferenceTree.pathOfSixth)
  }

  @Test func `every leaf of every tree up to 64 has the path of the definition, and it verifies`()
    throws
  {
    for size in 1...Self.sizeMax {
      let root = tree.root(0..<size)
      for leaf in 0..<size {
        let proof = try InclusionProof(leaf: UInt64(leaf), size: UInt64(size), node: tree.node)
        #expect(proof.path == tree.path(leaf, 0..<size), "leaf \(leaf) of \(size)")
        try proof.verify(leafHash: tree.leaves[leaf], root: root)
      }
    }
  }

  @Test(arguments: [1, 2, 7, 11])
  func `one changed byte of path, leaf or root is refused`(size: Int) throws {
    let root = tree.root(0..<size)
    for leaf in 0..<size {
      let proof = try InclusionProof(leaf: UInt64(leaf), size: UInt64(size), node: tree.node)
      let hash = tree.leaves[leaf]
      for byte in 0..<Digest256.byteCount {
        #expect(throws: ProofRefusal.rootDiffers) {
          try proof.verify(leafHash: hash.flipping(byte: byte), root: root)
        }
        #expect(throws: ProofRefusal.rootDiffers) {
          try proof.verify(leafHash: hash, root: root.flipping(byte: byte))
        }
        for place in proof.path.indices {
          var path = proof.path
          path[place] = try path[place].flipping(byte: byte)
          let damaged = InclusionProof(leaf: proof.leaf, size: proof.size, path: path)
          #expect(throws: ProofRefusal.rootDiffers) {
            try damaged.verify(leafHash: hash, root: root)
          }
        }
      }
    }
  }

  @Test func `a path of another length is refused`() throws {
    for size in 1...Self.sizeMax {
      let root = tree.root(0..<size)
      let proof = try InclusionProof(leaf: 0, size: UInt64(size), node: tree.node)
      let longer = InclusionProof(leaf: 0, size: proof.size, path: proof.path + [root])
      #expect(throws: ProofRefusal.pathTooLong) {
        try longer.verify(leafHash: tree.leaves[0], root: root)
      }
      guard size > 1 else { continue }
      let shorter = InclusionProof(leaf: 0, size: proof.size, path: proof.path.dropLast())
      #expect(throws: ProofRefusal.pathTooShort) {
        try shorter.verify(leafHash: tree.leaves[0], root: root)
      }
    }
  }

  @Test func `another leaf is refused, and another size unless the way up is the same`() throws {
    let (leaf, size) = (5, 13)
    let path = tree.path(leaf, 0..<size)
    for otherSize in 1...Self.sizeMax {
      for otherLeaf in 0..<otherSize {
        let claim = InclusionProof(leaf: UInt64(otherLeaf), size: UInt64(otherSize), path: path)
        let isAccepted = accepts(claim, leafHash: tree.leaves[leaf], root: tree.root(0..<size))
        let isSameWay =
          NaiveTree.sides(otherLeaf, size: otherSize) == NaiveTree.sides(leaf, size: size)
        #expect(isAccepted == isSameWay, "leaf \(otherLeaf) of \(otherSize)")
      }
    }
  }

  @Test func `a leaf outside the tree has no proof and passes none`() {
    for (leaf, size) in [(0, 0), (1, 1), (UInt64.max, 5), (.max, .max)] as [(UInt64, UInt64)] {
      let refusal = ProofRefusal.leafOutsideTree(leaf: leaf, size: size)
      #expect(throws: refusal) { try InclusionProof(leaf: leaf, size: size, node: tree.node) }
      #expect(throws: refusal) {
        try InclusionProof(leaf: leaf, size: size, path: [])
          .verify(leafHash: tree.leaves[0], root: tree.leaves[0])
      }
    }
  }

  @Test(arguments: UInt64(1)...20)
  func `trees near 2^64 have proofs too`(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let uniform = UniformTree()
    let sizes: [UInt64] = [.max, .max - generator.next() % 1_000, 1 << 63, 1 << 63 + 1]
    for size in sizes {
      let leaf = generator.next() % size
      let proof = try InclusionProof(leaf: leaf, size: size, node: uniform.node)
      let root = try MerkleTree.root(size: size, node: uniform.node)
      try proof.verify(leafHash: uniform.leaf, root: root)
    }
  }

  private func accepts(_ proof: InclusionProof, leafHash: Digest256, root: Digest256) -> Bool {
    (try? proof.verify(leafHash: leafHash, root: root)) != nil
  }
}
