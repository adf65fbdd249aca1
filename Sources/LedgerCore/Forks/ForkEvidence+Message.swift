package import LedgerSchema

extension ForkEvidence {
  /// Nil when something has no form at all; whether it holds, ``verify(ledger:key:)`` says.
  package init?(_ message: Scorebook_V1_ForkProven) {
    // Seqs have 32 bits in a ledger file, and a sum of two of them cannot overflow.
    guard let log = LogID(bytes: message.log), message.commonSeq < UInt64(UInt32.max),
      let first = Branch(
        message.firstEntry, message.firstProof, message.firstSteps, note: message.firstCheckpoint),
      let second = Branch(
        message.secondEntry, message.secondProof, message.secondSteps,
        note: message.secondCheckpoint)
    else { return nil }
    self.init(log: log, commonSeq: message.commonSeq, first: first, second: second)
  }

  package var message: Scorebook_V1_ForkProven {
    var message = Scorebook_V1_ForkProven()
    message.log = ProtobufBytes.data(log.bytes)
    message.commonSeq = commonSeq
    message.firstCheckpoint = first.chain.note
    message.secondCheckpoint = second.chain.note
    message.firstEntry = ProtobufBytes.data(first.entry)
    message.secondEntry = ProtobufBytes.data(second.entry)
    message.firstProof = first.inclusion.map { ProtobufBytes.data($0.bytes) }
    message.secondProof = second.inclusion.map { ProtobufBytes.data($0.bytes) }
    message.firstSteps = first.stepMessages
    message.secondSteps = second.stepMessages
    return message
  }
}

extension ForkEvidence.Branch {
  fileprivate init?(
    _ entry: some Collection<UInt8>, _ proof: [some Collection<UInt8>],
    _ steps: [Scorebook_V1_HeadStep], note: String
  ) {
    guard let inclusion = [Digest256](hashes: proof), steps.count <= SyncLimits.chainStepsMax else {
      return nil
    }
    var chain: [HeadChain.Step] = []
    for message in steps {
      guard let step = HeadChain.Step(message) else { return nil }
      chain.append(step)
    }
    if chain.isEmpty {
      // The proof leads to the checkpoint itself.
      guard let checkpoint = HeadChain.statedCheckpoint(of: note) else { return nil }
      chain = [HeadChain.Step(size: checkpoint.size, root: checkpoint.root)]
    }
    self.init(
      entry: Array(entry), inclusion: inclusion, chain: HeadChain(steps: chain, note: note))
  }

  fileprivate var stepMessages: [Scorebook_V1_HeadStep] {
    if chain.steps.count == 1, let signed = chain.statedCheckpoint, signed.size == chain.size,
      signed.root == chain.root
    {
      return []
    }
    return chain.steps.map(\.message)
  }
}
