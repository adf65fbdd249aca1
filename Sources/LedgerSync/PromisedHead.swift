package import LedgerCore
package import LedgerSchema

/// A head that a peer says it holds, and how it leads to one that the log's writer signed.
package struct PromisedHead: Sendable {
  package let log: LogID
  package let chain: HeadChain

  package init(log: LogID, chain: HeadChain) {
    self.log = log
    self.chain = chain
  }

  package var head: Head { Head(log: log, size: chain.size, root: chain.root) }
  package var note: String { chain.note }

  package init(_ message: Scorebook_V1_SignedHead) throws(SyncRefusal) {
    guard let log = LogID(bytes: message.head.log), let root = Digest256(bytes: message.head.root),
      message.head.size > 0
    else { throw .malformed("a head without log, size or root") }
    guard message.steps.count < SyncLimits.chainStepsMax else {
      throw .tooMany(
        what: "heads in a chain", got: message.steps.count, limit: SyncLimits.chainStepsMax - 1)
    }
    var steps = [
      HeadChain.Step(
        size: message.head.size, root: root, consistency: try message.consistency.digests())
    ]
    for step in message.steps {
      guard let step = HeadChain.Step(step) else {
        throw .malformed("a head on the way without root or proof")
      }
      steps.append(step)
    }
    self.init(log: log, chain: HeadChain(steps: steps, note: message.checkpoint))
  }

  package var message: Scorebook_V1_SignedHead {
    var message = Scorebook_V1_SignedHead()
    message.head.log = ProtobufBytes.data(log.bytes)
    message.head.size = chain.size
    message.head.root = ProtobufBytes.data(chain.root.bytes)
    message.checkpoint = note
    message.consistency = chain.steps[0].consistency.map { ProtobufBytes.data($0.bytes) }
    message.steps = chain.steps.dropFirst().map(\.message)
    return message
  }

  /// Checks that the log's key signed a head of which this one is a prefix.
  package func verify(ledger: Digest256, key: [UInt8]) throws(SyncRefusal) {
    let signed: Checkpoint
    do {
      signed = try chain.verify(origin: CheckpointOrigin(ledger: ledger, log: log), key: key)
    } catch {
      switch error {
      case .malformedKey: throw .badCheckpoint(log: log, "the log's key is malformed")
      case .signature: throw .badCheckpoint(log: log, "the signature does not hold")
      case .noPrefix, .tooLong:
        throw .badCheckpoint(log: log, "the head is no prefix of the signed one")
      }
    }
    // Seqs have 32 bits in a ledger file; a writer can prove a prefix of any size that it makes up.
    guard signed.size <= UInt64(UInt32.max) else {
      throw .badCheckpoint(log: log, "the signed head has more entries than a log may have")
    }
  }
}

extension Collection where Element: Collection<UInt8> {
  /// - Throws: `SyncRefusal` for a hash of another length than 32 bytes, or more of them than any proof needs.
  package func digests() throws(SyncRefusal) -> [Digest256] {
    guard count <= SyncLimits.proofNodesMax else {
      throw .tooMany(what: "hashes in a proof", got: count, limit: SyncLimits.proofNodesMax)
    }
    guard let digests = [Digest256](hashes: Array(self)) else {
      throw .malformed("a hash of another length")
    }
    return digests
  }
}
