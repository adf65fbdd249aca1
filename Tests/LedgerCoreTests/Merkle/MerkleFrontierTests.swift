import LedgerCore
import Testing

@Suite struct MerkleFrontierTests {
  private let tree = NaiveTree(size: 300)

  @Test func `appending gives the root of every size`() {
    var frontier = MerkleFrontier()
    #expect(frontier.root == MerkleTree.emptyRoot)
    for (index, leaf) in tree.leaves.enumerated() {
      frontier.append(leaf: leaf)
      #expect(frontier.size == UInt64(index + 1))
      #expect(frontier.root == tree.root(0..<index + 1), "size \(index + 1)")
    }
  }

  @Test func `a frontier restored at any size goes on like one that never stopped`() throws {
    var continuous = MerkleFrontier()
    for size in 0..<tree.leaves.count {
      var fromHashes = try #require(
        MerkleFrontier(size: UInt64(size), hashes: continuous.hashes))
      var fromBytes = try #require(MerkleFrontier(size: UInt64(size), bytes: continuous.bytes))
      let fromNodes = try MerkleFrontier(size: UInt64(size), node: tree.node)
      #expect(fromNodes == continuous)
      continuous.append(leaf: tree.leaves[size])
      fromHashes.append(leaf: tree.leaves[size])
      fromBytes.append(leaf: tree.leaves[size])
      #expect(fromHashes == continuous)
      #expect(fromBytes == continuous)
    }
  }

  @Test func `hashes that do not fit the size are refused`() {
    let hash = Digest256(hashing: [])
    #expect(MerkleFrontier(size: 0, hashes: [hash]) == nil)
    #expect(MerkleFrontier(size: 3, hashes: [hash]) == nil)
    #expect(MerkleFrontier(size: 4, hashes: [hash, hash]) == nil)
    #expect(MerkleFrontier(size: 1, bytes: Array(hash.bytes.dropLast())) == nil)
    #expect(MerkleFrontier(size: 1, bytes: hash.bytes + [0]) == nil)
    #expect(MerkleFrontier(size: .max, hashes: [hash]) == nil)
    #expect(MerkleFrontier(size: .max, hashes: Array(repeating: hash, count: 64)) != nil)
  }

  @Test(arguments: [0, 1, 3, 8])
  func `every complete subtree from the asked level up is reported once`(level: Int) {
    var frontier = MerkleFrontier()
    var reported: [MerkleSubtree] = []
    for leaf in tree.leaves {
      frontier.append(leaf: leaf, completedFrom: level) { reported.append($0) }
    }
    let expected = (level...8).flatMap { level in
      (0..<tree.leaves.count >> level).map { index in
        MerkleSubtree(
          level: level, index: UInt64(index),
          hash: tree.node(level: level, index: UInt64(index)))
      }
    }
    #expect(reported.count == expected.count)
    #expect(Set(reported) == Set(expected))
  }

  @Test func `subtrees of level 8 and the leaves are all that proofs need`() throws {
    var kept: [UInt64: Digest256] = [:]
    var frontier = MerkleFrontier()
    for leaf in tree.leaves {
      frontier.append(leaf: leaf, completedFrom: 8) { kept[$0.index] = $0.hash }
    }
    let proof = try InclusionProof(leaf: 299, size: 300) { level, index in
      if level >= 8 { return try #require(kept[index]) }
      var subtree = MerkleFrontier()
      let start = Int(index) << level
      for leaf in tree.leaves[start..<start + 1 << level] { subtree.append(leaf: leaf) }
      return subtree.root
    }
    try proof.verify(leafHash: tree.leaves[299], root: frontier.root)
  }
}
