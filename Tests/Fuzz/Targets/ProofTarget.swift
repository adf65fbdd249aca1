import FeedbackLedger
import LedgerCore
import LedgerSchema
import SwiftProtobuf
import TestSupport

/// The message that a file of evidence and a `fork.proven` event hold, by a site that signs whatever heads it names.
enum ProofTarget {
  static func run(on bytes: [UInt8]) throws {
    guard let message = try? Scorebook_V1_ForkProven(serializedBytes: bytes),
      let evidence = ForkEvidence(message)
    else { return }
    try law("evidence that is passed on says the same") {
      ForkEvidence(evidence.message) == evidence
    }
    let branch = try Stage.shared.get().branch
    let (ledger, key) = (branch.ledgerID, try Stage.publicKey(of: branch))
    _ = try? evidence.verify(ledger: ledger, key: key)
    let log = branch.log
    let signed = ForkEvidence(
      log: log, commonSeq: evidence.commonSeq, first: try signed(evidence.first, branch),
      second: try signed(evidence.second, branch))
    guard (try? signed.verify(ledger: ledger, key: key)) != nil else { return }
    try law("evidence that holds names two entries") {
      signed.first.leaf != signed.second.leaf
        && signed.first.chain.size > signed.commonSeq
        && signed.second.chain.size > signed.commonSeq
    }
  }

  private static func signed(
    _ evidence: ForkEvidence.Branch, _ ledger: Ledger
  ) throws -> ForkEvidence.Branch {
    let chain = evidence.chain
    let signed = try Forger(ledger).head(of: ledger.log, size: chain.size, root: chain.root)
    return ForkEvidence.Branch(
      entry: evidence.entry, inclusion: evidence.inclusion,
      chain: HeadChain(steps: chain.steps, note: signed.note))
  }
}

extension Stage {
  static func publicKey(of ledger: Ledger) throws -> [UInt8] {
    try ledger.store.read { _, state in state.log(ledger.log)?.publicKey ?? [] }
  }
}
