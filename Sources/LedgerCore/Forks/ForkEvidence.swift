import LedgerSchema
import SwiftProtobuf

/// Two branches of one log, each signed by its writer: what `fork.proven` carries.
///
/// Complete by itself: whoever has the log's key can check it, without holding either branch. Each branch shows the
/// entry after the last common one, its inclusion in a tree, and how the head of that tree leads to a signed one. The
/// siblings on the left of an inclusion path are the roots over all entries before, so that equal ones prove the common
/// prefix: no further proof is needed, and none that could be left out.
package struct ForkEvidence: Hashable, Sendable {
  /// What one branch shows.
  package struct Branch: Hashable, Sendable {
    /// The entry after the last common one, as recorded.
    package let entry: [UInt8]
    /// Its inclusion in the tree of the chain's head.
    package let inclusion: [Digest256]
    package let chain: HeadChain

    package init(entry: [UInt8], inclusion: [Digest256], chain: HeadChain) {
      self.entry = entry
      self.inclusion = inclusion
      self.chain = chain
    }

    /// Tells this branch from every other one.
    package var leaf: Digest256 { entry.withUnsafeBytes { MerkleTree.leafHash($0) } }

    /// Checks that the log's key has signed a tree in which the entry comes after that one.
    ///
    /// `number`: which one of the two it is, from 1.
    package func verify(
      ledger: Digest256, log: LogID, key: [UInt8], after seq: UInt64, number: Int = 1
    ) throws(ForkRefusal) {
      do {
        try chain.verify(origin: CheckpointOrigin(ledger: ledger, log: log), key: key)
      } catch {
        throw .head(branch: number, error)
      }
      do {
        try proof(after: seq).verify(leafHash: leaf, root: chain.root)
      } catch {
        throw .entry(branch: number, error)
      }
    }

    fileprivate func proof(after seq: UInt64) -> InclusionProof {
      InclusionProof(leaf: seq, size: chain.size, path: inclusion)
    }
  }

  package let log: LogID
  /// The last seq that both branches share.
  package let commonSeq: UInt64
  package let first: Branch
  package let second: Branch

  package init(log: LogID, commonSeq: UInt64, first: Branch, second: Branch) {
    self.log = log
    self.commonSeq = commonSeq
    self.first = first
    self.second = second
  }

  /// Checks all of it.
  ///
  /// `key`: the log's. A fork of the first entry needs both to state that key: a log id alone is nobody's signature,
  ///   and somebody else's log of the same name proves nothing against this one.
  package func verify(ledger: Digest256, key: [UInt8]) throws(ForkRefusal) {
    guard first.entry != second.entry else { throw .sameEntry }
    for (branch, number) in [(first, 1), (second, 2)] {
      try branch.verify(ledger: ledger, log: log, key: key, after: commonSeq, number: number)
      if commonSeq == 0, Self.statedKey(branch.entry, log: log) != key {
        throw .otherKey(branch: number)
      }
    }
    let proofs = [first, second].map { $0.proof(after: commonSeq) }
    guard proofs[0].leftSiblings == proofs[1].leftSiblings else { throw .prefixDiffers }
  }

  private static func statedKey(_ entry: [UInt8], log: LogID) -> [UInt8]? {
    guard let event = try? Scorebook_V1_Event(serializedBytes: entry),
      case .logStarted(let start) = event.body, LogID(bytes: start.log) == log
    else { return nil }
    return ProtobufBytes.array(start.publicKey)
  }
}

/// Why evidence of a fork proves none. Branches are counted from 1.
package enum ForkRefusal: Error, Hashable, Sendable {
  case malformed
  case sameEntry
  case head(branch: Int, HeadChainRefusal)
  case entry(branch: Int, ProofRefusal)
  /// A first entry that states another key than the log's.
  case otherKey(branch: Int)
  /// The entries before the two are not the same.
  case prefixDiffers
}
