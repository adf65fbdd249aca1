package import LedgerSchema

/// How a head leads to one that the log's writer signed: it is that one, or a prefix of it, or a prefix of a prefix.
///
/// A relay that took a part of a log has a proof from that part to what its peer promised. Who takes a part of that
/// part gets a proof to it, and two consistency proofs do not join into one: so the heads between travel along.
package struct HeadChain: Hashable, Sendable {
  /// A head, and the proof from it to the next one of the chain; the last one's leads to the checkpoint.
  package struct Step: Hashable, Sendable {
    package let size: UInt64
    package let root: Digest256
    package let consistency: [Digest256]

    package init(size: UInt64, root: Digest256, consistency: [Digest256] = []) {
      self.size = size
      self.root = root
      self.consistency = consistency
    }
  }

  /// At least one: the head that the chain is for comes first.
  package let steps: [Step]
  /// C2SP signed note by the log's writer.
  package let note: String

  /// - Precondition: there is a step.
  package init(steps: [Step], note: String) {
    precondition(!steps.isEmpty, "A chain begins with the head that it is for.")
    self.steps = steps
    self.note = note
  }

  /// A head that is signed itself.
  package init(signed size: UInt64, root: Digest256, note: String) {
    self.init(steps: [Step(size: size, root: root)], note: note)
  }

  package var size: UInt64 { steps[0].size }
  package var root: Digest256 { steps[0].root }

  /// The same note for a prefix of this head; nil when the chain has its greatest length already.
  ///
  /// `consistency`: from the prefix to this head.
  package func prefixed(
    size: UInt64, root: Digest256, consistency: [Digest256]
  ) -> HeadChain? {
    guard steps.count < SyncLimits.chainStepsMax else { return nil }
    // Where this head is the signed one, its own step says nothing more.
    let rest = steps.count == 1 && isSigned ? [] : steps
    return HeadChain(
      steps: [Step(size: size, root: root, consistency: consistency)] + rest, note: note)
  }

  /// The checkpoint that the note states, unless the note is malformed. Nothing is verified.
  package var statedCheckpoint: Checkpoint? { Self.statedCheckpoint(of: note) }

  /// The checkpoint that a note states, unless it is malformed. Nothing is verified.
  package static func statedCheckpoint(of note: String) -> Checkpoint? {
    guard let note = try? SignedNote(parsing: note) else { return nil }
    return try? Checkpoint(parsing: note.text)
  }

  /// Checks that the log's key signed a head of which the first one is a prefix.
  @discardableResult
  package func verify(origin: CheckpointOrigin, key: [UInt8]) throws(HeadChainRefusal) -> Checkpoint
  {
    guard steps.count <= SyncLimits.chainStepsMax else { throw .tooLong }
    guard let verifier = NoteVerifier(name: origin.name, publicKey: key) else {
      throw .malformedKey
    }
    let checkpoint: Checkpoint
    do {
      checkpoint = try Checkpoint(opening: SignedNote(parsing: note), with: verifier)
    } catch {
      throw .signature
    }
    let signed = Step(size: checkpoint.size, root: checkpoint.root)
    for (step, next) in zip(steps, steps.dropFirst() + [signed]) {
      let isPrefix = ConsistencyProof.verify(
        oldSize: step.size, oldRoot: step.root, newSize: next.size, newRoot: next.root,
        proof: step.consistency)
      guard isPrefix else { throw .noPrefix(size: step.size, of: next.size) }
    }
    return checkpoint
  }

  private var isSigned: Bool {
    statedCheckpoint.map { $0.size == size && $0.root == root } ?? false
  }
}

/// Why a chain proves nothing.
package enum HeadChainRefusal: Error, Hashable, Sendable {
  case tooLong
  case malformedKey
  /// The note is none, or the log's key did not sign it.
  case signature
  case noPrefix(size: UInt64, of: UInt64)
}

extension HeadChain.Step {
  /// Nil when a hash has another length than 32 bytes, or the proof has more nodes than any needs.
  package init?(_ message: Scorebook_V1_HeadStep) {
    guard let root = Digest256(bytes: message.root),
      let proof = [Digest256](hashes: message.consistency)
    else { return nil }
    self.init(size: message.size, root: root, consistency: proof)
  }

  package var message: Scorebook_V1_HeadStep {
    var message = Scorebook_V1_HeadStep()
    message.size = size
    message.root = ProtobufBytes.data(root.bytes)
    message.consistency = consistency.map { ProtobufBytes.data($0.bytes) }
    return message
  }
}

extension [Digest256] {
  /// The hashes of a proof; nil when one has another length than 32 bytes, or there are more than any proof needs.
  package init?(hashes: [some Collection<UInt8>]) {
    guard hashes.count <= SyncLimits.proofNodesMax else { return nil }
    let digests = hashes.compactMap { Digest256(bytes: $0) }
    guard digests.count == hashes.count else { return nil }
    self = digests
  }
}
