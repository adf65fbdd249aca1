import LedgerCore
import Testing

@Suite struct MerkleTreeTests {
  @Test func `the roots of the reference tree come out`() throws {
    let tree = try ReferenceTree.tree()
    for (size, root) in ReferenceTree.roots.enumerated() {
      let computed = try MerkleTree.root(size: UInt64(size), node: tree.node)
      #expect(computed.description == root, "size \(size)")
    }
  }

  @Test func `an empty tree has the hash of nothing as its root`() {
    #expect(MerkleTree.emptyRoot == Digest256(hashing: []))
  }

  @Test(arguments: [0, 1, 54, 55, 63, 64, 120, 5_000])
  func `a leaf hash is the hash of a zero byte and the entry`(length: Int) {
    let entry = (0..<length).map { UInt8(truncatingIfNeeded: $0) }
    let expected = Digest256(hashing: [0x00] + entry)
    #expect(MerkleTree.leafHash(entry) == expected)
    #expect(entry.withUnsafeBytes { MerkleTree.leafHash($0) } == expected)
  }

  @Test func `a node hash is the hash of a one byte and both children`() {
    let left = Digest256(hashing: [1])
    let right = Digest256(hashing: [2])
    let expected = Digest256(hashing: [0x01] + left.bytes + right.bytes)
    #expect(MerkleTree.nodeHash(left, right) == expected)
    #expect(MerkleTree.nodeHash(right, left) != expected)
  }

  @Test func `the root of every size up to 257 is that of the definition`() throws {
    let tree = NaiveTree(size: 257)
    for size in 0...257 {
      let computed = try MerkleTree.root(size: UInt64(size), node: tree.node)
      #expect(computed == tree.root(0..<size), "size \(size)")
    }
  }
}
