import LedgerCore
package import LedgerSchema
import LedgerStore
import LedgerSync

/// Answers a peer that asks where branches part, and shows the own branch.
struct ForkBranches {
  private let ledger: Ledger
  private let database: Connection
  private let state: StoreState

  init(_ ledger: Ledger, _ database: Connection, _ state: StoreState) {
    self.ledger = ledger
    self.database = database
    self.state = state
  }

  /// - Throws: `SyncRefusal` for a question that no peer of ours asks.
  func answer(_ question: Scorebook_V1_ForkQuestion) throws -> Scorebook_V1_ForkAnswer {
    guard question.heads.count <= SyncLimits.forkHeadsMax else {
      throw SyncRefusal.tooMany(
        what: "heads in a question", got: question.heads.count, limit: SyncLimits.forkHeadsMax)
    }
    var answer = Scorebook_V1_ForkAnswer()
    answer.log = question.log
    guard let id = LogID(bytes: question.log), let log = state.log(id) else { return answer }
    let matching = try question.heads.prefix { head in
      guard head.size >= 1, head.size <= log.size else { return false }
      return try log.root(ofSize: head.size, database) == Digest256(bytes: head.root)
    }
    answer.matching = UInt32(matching.count)
    if question.hasCommonSeq, let branch = try branch(of: log, after: question.commonSeq) {
      answer.branch = try message(branch, log, question)
    }
    return answer
  }

  /// Nil when no signed head covers the entry after the last common one.
  func branch(of log: LogState, after commonSeq: UInt64) throws -> ForkEvidence.Branch? {
    guard let promise = try ledger.promisedHead(of: log, database),
      commonSeq < promise.chain.size,
      let entry = try EntryReader(database).entry(log: log.number, seq: commonSeq + 1)
    else { return nil }
    let inclusion = try MerkleNodes(database).inclusion(
      ofLog: log.number, seq: commonSeq + 1, size: promise.chain.size)
    return ForkEvidence.Branch(entry: entry, inclusion: inclusion.path, chain: promise.chain)
  }

  private func message(
    _ branch: ForkEvidence.Branch, _ log: LogState, _ question: Scorebook_V1_ForkQuestion
  ) throws -> Scorebook_V1_ForkBranch {
    var message = Scorebook_V1_ForkBranch()
    message.head = PromisedHead(log: log.id, chain: branch.chain).message
    message.inclusion = branch.inclusion.map { ProtobufBytes.data($0.bytes) }
    message.firstSeq = max(question.commonSeq + 1, question.fromSeq)
    guard message.firstSeq <= branch.chain.size else { return message }
    var bytes = 0
    let end = min(branch.chain.size, message.firstSeq + UInt64(SyncLimits.batchEventsMax) - 1)
    try EntryReader(database).forEachEntry(log: log.number, seqs: message.firstSeq...end) {
      _, entry in
      bytes += entry.count + 4
      guard bytes <= SyncLimits.batchBytesMax || message.entries.isEmpty else { return }
      message.entries.append(ProtobufBytes.data(entry))
    }
    return message
  }
}

extension Ledger {
  /// Answers a peer that asks where its branch of a log and the one held here part.
  package func answer(_ question: Scorebook_V1_ForkQuestion) throws -> Scorebook_V1_ForkAnswer {
    try store.read { database, state in
      try ForkBranches(self, database, state).answer(question)
    }
  }
}
