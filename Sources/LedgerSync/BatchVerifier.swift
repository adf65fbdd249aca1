package import LedgerCore
import LedgerSchema

/// Proves the entries of a batch against the heads that their writers signed, before any of them is stored.
package struct BatchVerifier {
  /// What the receiver knows of a log.
  package struct Known: Sendable {
    package var frontier: MerkleFrontier
    package var publicKey: [UInt8]

    package init(frontier: MerkleFrontier, publicKey: [UInt8]) {
      self.frontier = frontier
      self.publicKey = publicKey
    }
  }

  private let ledger: Digest256
  private let promised: [LogID: PromisedHead]
  /// Logs whose promised head has been checked in this session.
  private var verified: Set<LogID> = []

  package init(ledger: Digest256, promised: [LogID: PromisedHead]) {
    self.ledger = ledger
    self.promised = promised
  }

  /// Checks that the new entries of one log lead from what is held to a prefix of the promised head.
  ///
  /// `known`: the log as it is held, with its key; for a new log an empty tree.
  /// `leaves`: the leaf hashes of the entries after it, in order.
  /// `proof`: from the size they reach to the promised head, where they end short of it.
  package mutating func verify(
    log: LogID, known: Known, leaves: [Digest256], proof: [Digest256]?
  ) throws(SyncRefusal) {
    guard let promise = promised[log] else {
      throw .badCheckpoint(log: log, "the hello did not name the log")
    }
    if !verified.contains(log) {
      try promise.verify(ledger: ledger, key: known.publicKey)
      verified.insert(log)
    }
    var frontier = known.frontier
    for leaf in leaves { frontier.append(leaf: leaf) }
    let isProven = ConsistencyProof.verify(
      oldSize: frontier.size, oldRoot: frontier.root, newSize: promise.head.size,
      newRoot: promise.head.root, proof: proof ?? [])
    guard isProven else { throw .badProof(log: log, size: frontier.size) }
  }
}
