import LedgerCore
import Testing
import TestSupport

@Suite struct ConsistencyProofTests {
  private static let sizeMax = 64
  private let tree = NaiveTree(size: sizeMax)

  @Test func `the paths of the reference tree come out`() throws {
    let tree = try ReferenceTree.tree()
    let fromOne = try ConsistencyProof(oldSize: 1, newSize: 8, node: tree.node)
    let fromSix = try ConsistencyProof(oldSize: 6, newSize: 8, node: tree.node)
    #expect(fromOne.path.map(\.description) == ReferenceTree.pathOfFirst)
    #expect(fromSix.path.map(\.description) == ReferenceTree.pathFromSixToEight)
  }

  @Test func `every pair of sizes up to 64 has the path of the definition, and it verifies`() throws
  {
    let roots = (0...Self.sizeMax).map { tree.root(0..<$0) }
    for new in 0...Self.sizeMax {
      for old in 0...new {
        let proof = try ConsistencyProof(
          oldSize: UInt64(old), newSize: UInt64(new), node: tree.node)
        #expect(proof.path == (old > 0 ? tree.proof(old, 0..<new) : []), "\(old) to \(new)")
        try proof.verify(oldRoot: roots[old], newRoot: roots[new])
      }
    }
  }

  @Test func `a tree does not continue one with another root, whatever the sizes`() throws {
    let roots = (0...Self.sizeMax).map { tree.root(0..<$0) }
    let other = Digest256(hashing: [1])
    for new in 0...Self.sizeMax {
      for old in 0...new {
        let proof = try ConsistencyProof(
          oldSize: UInt64(old), newSize: UInt64(new), node: tree.node)
        #expect(refusal(of: proof, oldRoot: other, newRoot: roots[new]) != nil)
        // Any tree continues the empty one.
        let isAccepted = refusal(of: proof, oldRoot: roots[old], newRoot: other) == nil
        #expect(isAccepted == (old == 0 && new > 0), "\(old) to \(new)")
      }
    }
  }

  @Test(arguments: [(1, 2), (3, 7), (4, 7), (6, 8), (8, 64), (33, 64)])
  func `one changed byte of path or roots is refused`(old: Int, new: Int) throws {
    let (oldRoot, newRoot) = (tree.root(0..<old), tree.root(0..<new))
    let path = tree.proof(old, 0..<new)
    for byte in 0..<Digest256.byteCount {
      let damagedOld = try oldRoot.flipping(byte: byte)
      let damagedNew = try newRoot.flipping(byte: byte)
      #expect(!verify(old, damagedOld, new, newRoot, path))
      #expect(!verify(old, oldRoot, new, damagedNew, path))
      for place in path.indices {
        var damaged = path
        damaged[place] = try damaged[place].flipping(byte: byte)
        #expect(!verify(old, oldRoot, new, newRoot, damaged))
      }
    }
  }

  @Test func `a path that is longer or shorter is refused`() {
    for new in 1...Self.sizeMax {
      for old in 1...new {
        let (oldRoot, newRoot) = (tree.root(0..<old), tree.root(0..<new))
        let path = tree.proof(old, 0..<new)
        #expect(!verify(old, oldRoot, new, newRoot, path + [newRoot]))
        #expect(!verify(old, oldRoot, new, newRoot, [oldRoot] + path))
        if !path.isEmpty {
          #expect(!verify(old, oldRoot, new, newRoot, path.dropLast()))
          #expect(!verify(old, oldRoot, new, newRoot, Array(path.dropFirst())))
        }
      }
    }
  }

  @Test func `a smaller later tree is refused`() {
    let refusal = ProofRefusal.treeShrank(from: 8, to: 7)
    #expect(throws: refusal) { try ConsistencyProof(oldSize: 8, newSize: 7, node: tree.node) }
    #expect(throws: refusal) {
      try ConsistencyProof(oldSize: 8, newSize: 7, path: tree.proof(7, 0..<8))
        .verify(oldRoot: tree.root(0..<8), newRoot: tree.root(0..<7))
    }
  }

  @Test func `the empty tree has one root only`() {
    let root = tree.root(0..<5)
    #expect(verify(0, MerkleTree.emptyRoot, 5, root, []))
    #expect(verify(0, MerkleTree.emptyRoot, 0, MerkleTree.emptyRoot, []))
    #expect(!verify(0, root, 5, root, []))
    #expect(!verify(0, root, 0, root, []))
    #expect(!verify(0, MerkleTree.emptyRoot, 0, root, []))
    #expect(!verify(0, MerkleTree.emptyRoot, 5, root, [root]))
  }

  @Test func `every flipped bit of a size that changes the way up is refused`() throws {
    let (old, new) = (UInt64(6), UInt64(13))
    let path = tree.proof(6, 0..<13)
    let (oldRoot, newRoot) = (tree.root(0..<6), tree.root(0..<13))
    for bit in 0..<64 {
      let flippedOld = ConsistencyProof(oldSize: old ^ 1 << bit, newSize: new, path: path)
      #expect(refusal(of: flippedOld, oldRoot: oldRoot, newRoot: newRoot) != nil)
      // From 13 to 12, 15 and 9 leaves the levels stay the same, and with them the way up.
      guard bit > 2 else { continue }
      let flippedNew = ConsistencyProof(oldSize: old, newSize: new ^ 1 << bit, path: path)
      #expect(refusal(of: flippedNew, oldRoot: oldRoot, newRoot: newRoot) != nil)
    }
  }

  @Test(arguments: UInt64(1)...20)
  func `trees near 2^64 have proofs too`(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let uniform = UniformTree()
    let sizes: [UInt64] = [.max, .max - generator.next() % 1_000, 1 << 63 + 1]
    for new in sizes {
      let oldSizes: [UInt64] = [1, 1 << 63, new - 1, new, 1 + generator.next() % new]
      for old in oldSizes {
        let proof = try ConsistencyProof(oldSize: old, newSize: new, node: uniform.node)
        try proof.verify(
          oldRoot: MerkleTree.root(size: old, node: uniform.node),
          newRoot: MerkleTree.root(size: new, node: uniform.node))
      }
    }
  }

  @Test(arguments: UInt64(1)...20)
  func `invented proofs of any size and length are refused without a trap`(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let edges: [UInt64] = [0, 1, 2, 1 << 63 - 1, 1 << 63, 1 << 63 + 1, .max - 1, .max]
    let hash = Digest256(hashing: [UInt8(seed)])
    for _ in 0..<100 {
      let old = edges.randomElement(using: &generator) ?? 0
      let new = Bool.random(using: &generator) ? generator.next() : .max - old / 2
      let path = Array(repeating: hash, count: Int.random(in: 0...130, using: &generator))
      let consistency = ConsistencyProof(oldSize: old, newSize: new, path: path)
      #expect(refusal(of: consistency, oldRoot: hash, newRoot: hash) != nil || old == new)
      let inclusion = InclusionProof(leaf: old, size: new, path: path)
      #expect(throws: ProofRefusal.self) { try inclusion.verify(leafHash: hash, root: hash) }
    }
  }

  private func refusal(
    of proof: ConsistencyProof, oldRoot: Digest256, newRoot: Digest256
  ) -> ProofRefusal? {
    do throws(ProofRefusal) {
      try proof.verify(oldRoot: oldRoot, newRoot: newRoot)
      return nil
    } catch {
      return error
    }
  }

  private func verify(
    _ old: Int, _ oldRoot: Digest256, _ new: Int, _ newRoot: Digest256, _ path: [Digest256]
  ) -> Bool {
    ConsistencyProof.verify(
      oldSize: UInt64(old), oldRoot: oldRoot, newSize: UInt64(new), newRoot: newRoot, proof: path)
  }
}
