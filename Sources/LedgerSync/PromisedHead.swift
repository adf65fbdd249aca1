package import LedgerCore
package import LedgerSchema

/// A head that a peer says it holds, and the writer's signature that covers it.
package struct PromisedHead: Sendable {
  package let head: Head
  package let note: String
  package let consistency: [Digest256]

  package init(head: Head, note: String, consistency: [Digest256] = []) {
    self.head = head
    self.note = note
    self.consistency = consistency
  }

  package init(_ message: Scorebook_V1_SignedHead) throws(SyncRefusal) {
    guard let log = LogID(bytes: message.head.log), let root = Digest256(bytes: message.head.root),
      message.head.size > 0
    else { throw .malformed("a head without log, size or root") }
    guard message.consistency.count <= SyncLimits.proofNodesMax else {
      throw .tooLarge(
        what: "proof", got: message.consistency.count, limit: SyncLimits.proofNodesMax)
    }
    head = Head(log: log, size: message.head.size, root: root)
    note = message.checkpoint
    consistency = try message.consistency.digests()
  }

  package var message: Scorebook_V1_SignedHead {
    var message = Scorebook_V1_SignedHead()
    message.head.log = ProtobufBytes.data(head.log.bytes)
    message.head.size = head.size
    message.head.root = ProtobufBytes.data(head.root.bytes)
    message.checkpoint = note
    message.consistency = consistency.map { ProtobufBytes.data($0.bytes) }
    return message
  }

  /// Checks that the log's key signed a head of which this one is a prefix.
  package func verify(ledger: Digest256, key: [UInt8]) throws(SyncRefusal) {
    let origin = CheckpointOrigin(ledger: ledger, log: head.log)
    guard let verifier = NoteVerifier(name: origin.name, publicKey: key) else {
      throw .badCheckpoint(log: head.log, "the log's key is malformed")
    }
    let checkpoint: Checkpoint
    do {
      checkpoint = try Checkpoint(opening: SignedNote(parsing: note), with: verifier)
    } catch {
      throw .badCheckpoint(log: head.log, "the signature does not hold")
    }
    let isPrefix = ConsistencyProof.verify(
      oldSize: head.size, oldRoot: head.root, newSize: checkpoint.size, newRoot: checkpoint.root,
      proof: consistency)
    guard isPrefix else {
      throw .badCheckpoint(log: head.log, "the head is no prefix of the signed one")
    }
  }
}

extension Collection where Element: Collection<UInt8> {
  /// - Throws: `SyncRefusal.malformed` for anything but 32 bytes each.
  package func digests() throws(SyncRefusal) -> [Digest256] {
    var digests: [Digest256] = []
    for bytes in self {
      guard let digest = Digest256(bytes: bytes) else {
        throw .malformed("a hash of another length")
      }
      digests.append(digest)
    }
    return digests
  }
}
