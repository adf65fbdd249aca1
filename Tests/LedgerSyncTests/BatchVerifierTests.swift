import LedgerCore
import LedgerSync
import Testing

/// What must be proven before an entry of a peer is stored.
@Suite struct BatchVerifierTests {
  private static let log = LogID(high: 7, low: 7)
  private static let ledger = Digest256(hashing: [1])
  private let leaves = (0..<20).map { MerkleTree.leafHash([UInt8($0)]) }
  private let signer: NoteSigner

  init() throws {
    let name = CheckpointOrigin(ledger: Self.ledger, log: Self.log).name
    signer = try #require(NoteSigner(name: name, privateKey: Array(1...32)))
  }

  @Test func `a batch that reaches the signed head, or a prefix with its proof, is accepted`()
    throws
  {
    for held in 0...19 {
      for reached in held + 1...20 {
        try verify(held: held, reached: reached, proof: reached == 20 ? nil : try proof(reached))
      }
    }
  }

  @Test func `a prefix without its proof, or with that of another size, is refused`() throws {
    for reached in 1..<20 {
      let refusal = SyncRefusal.badProof(log: Self.log, size: UInt64(reached))
      #expect(throws: refusal) { try verify(held: 0, reached: reached, proof: nil) }
      let other = try proof(reached == 1 ? 2 : reached - 1)
      guard other != (try proof(reached)) else { continue }
      #expect(throws: refusal) { try verify(held: 0, reached: reached, proof: other) }
    }
  }

  @Test(arguments: 0..<20)
  func `one changed entry is refused, wherever it stands`(place: Int) throws {
    var changed = leaves
    changed[place] = MerkleTree.leafHash([99])
    var verifier = try verifier()
    #expect(throws: SyncRefusal.badProof(log: Self.log, size: 20)) {
      try verifier.verify(log: Self.log, known: known(0), leaves: changed, proof: nil)
    }
    // Entries in another order, repeated or left out are changed ones.
    for wrong in [leaves.reversed(), leaves + [leaves[19]], Array(leaves.dropFirst())] {
      #expect(throws: SyncRefusal.self) {
        try verifier.verify(log: Self.log, known: known(0), leaves: wrong, proof: nil)
      }
    }
  }

  @Test func `a head that another key signed, or for another log or ledger, is refused`() throws {
    var verifier = try verifier()
    let foreign = BatchVerifier.Known(
      frontier: MerkleFrontier(), publicKey: Array(repeating: 1, count: 32))
    #expect(throws: SyncRefusal.badCheckpoint(log: Self.log, "the signature does not hold")) {
      try verifier.verify(log: Self.log, known: foreign, leaves: leaves, proof: nil)
    }
    let short = BatchVerifier.Known(frontier: MerkleFrontier(), publicKey: [1])
    #expect(throws: SyncRefusal.badCheckpoint(log: Self.log, "the log's key is malformed")) {
      try verifier.verify(log: Self.log, known: short, leaves: leaves, proof: nil)
    }
    let other = LogID(high: 8, low: 8)
    #expect(throws: SyncRefusal.badCheckpoint(log: other, "the hello did not name the log")) {
      try verifier.verify(log: other, known: known(0), leaves: leaves, proof: nil)
    }
    var elsewhere = BatchVerifier(
      ledger: Digest256(hashing: [2]), promised: [Self.log: try promise(20)])
    #expect(throws: SyncRefusal.self) {
      try elsewhere.verify(log: Self.log, known: known(0), leaves: leaves, proof: nil)
    }
  }

  private func verify(held: Int, reached: Int, proof: [Digest256]?) throws {
    var verifier = try verifier()
    try verifier.verify(
      log: Self.log, known: known(held), leaves: Array(leaves[held..<reached]), proof: proof)
  }

  private func verifier() throws -> BatchVerifier {
    BatchVerifier(ledger: Self.ledger, promised: [Self.log: try promise(20)])
  }

  private func promise(_ size: Int) throws -> PromisedHead {
    let root = frontier(size).root
    return PromisedHead(
      log: Self.log,
      chain: HeadChain(
        signed: UInt64(size), root: root,
        note: try signer.signCheckpoint(size: UInt64(size), root: root).description))
  }

  private func known(_ size: Int) -> BatchVerifier.Known {
    BatchVerifier.Known(frontier: frontier(size), publicKey: signer.verifier.publicKey)
  }

  private func frontier(_ size: Int) -> MerkleFrontier {
    var frontier = MerkleFrontier()
    for leaf in leaves.prefix(size) { frontier.append(leaf: leaf) }
    return frontier
  }

  private func proof(_ size: Int) throws -> [Digest256] {
    try ConsistencyProof(oldSize: UInt64(size), newSize: 20, node: node).path
  }

  private func node(level: Int, index: UInt64) -> Digest256 {
    guard level > 0 else { return leaves[Int(index)] }
    return MerkleTree.nodeHash(
      node(level: level - 1, index: 2 * index), node(level: level - 1, index: 2 * index + 1))
  }
}
