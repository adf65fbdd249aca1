import LedgerCore
package import LedgerSchema
import LedgerStore
import LedgerSync

/// One session's search for forks, on the side that takes entries in. Its questions go out as frames; what it finds is
/// evidence that stands by itself, and the other branch's entries for the quarantine.
package struct ForkInquiry {
  private let ledger: Ledger
  private let askAll: ([Scorebook_V1_ForkQuestion]) throws -> [Scorebook_V1_ForkAnswer]

  /// `ask`: carries questions to the peer and its answers back, one for each.
  package init(
    _ ledger: Ledger,
    ask: @escaping ([Scorebook_V1_ForkQuestion]) throws -> [Scorebook_V1_ForkAnswer]
  ) {
    self.ledger = ledger
    askAll = ask
  }

  /// Where the peer's branch of a log is not the one held here: each with a size at which the roots differ.
  ///
  /// Asked before anything is transferred: the peer's root at the size held here must be the one that is held. Of a
  /// log of which the peer holds less it is the peer that asks, unless it writes to the own log: before that one is
  /// left, it must be known whether the peer's branch is a part of it.
  func partings(
    in plan: SyncSession.Plan, _ session: SyncSession
  ) throws -> [(log: LogID, size: UInt64)] {
    let held = try ledger.store.read { _, state in state.heads }
    let heads = plan.want.compactMap { log, _ in held.first { $0.log == log } }
    let answers = try ask(heads.map(ForkSearch.question))
    let own = session.peerLog == session.mine.log ? try ownParting(session) : nil
    return plan.forks.map { (log: $0.log, size: $0.seq) } + (own.map { [$0] } ?? [])
      + zip(heads, answers).filter { $1.matching == 0 }.map { (log: $0.0.log, size: $0.0.size) }
  }

  /// Where the peer holds less of the own log, and not what is held here.
  func ownParting(_ session: SyncSession) throws -> (log: LogID, size: UInt64)? {
    let log = session.mine.log
    guard let theirs = session.promised[log]?.head else { return nil }
    return try ledger.store.read { database, state in
      guard let own = state.log(log), theirs.size >= 1, theirs.size < own.size,
        try own.root(ofSize: theirs.size, database) != theirs.root
      else { return nil }
      return (log: log, size: theirs.size)
    }
  }

  private func ask(_ question: Scorebook_V1_ForkQuestion) throws -> Scorebook_V1_ForkAnswer {
    try ask([question])[0]
  }

  private func ask(
    _ questions: [Scorebook_V1_ForkQuestion]
  ) throws -> [Scorebook_V1_ForkAnswer] {
    guard !questions.isEmpty else { return [] }
    let answers = try askAll(questions)
    guard answers.map(\.log) == questions.map(\.log) else {
      throw SyncRefusal.malformed("answers to other questions")
    }
    return answers
  }

  /// What was found of one fork.
  struct Finding {
    var log: LogID
    var commonSeq: UInt64
    /// Nil where no signed head covers one of the branches yet.
    var evidence: ForkEvidence?
    /// Whether an event that is held proves this fork point or a lower one.
    var isProven: Bool
  }

  /// Searches the fork point, takes the other branch into quarantine, and makes the evidence.
  func inquire(_ log: LogID, differingAt size: UInt64) throws -> Finding {
    var search = ForkSearch(log: log, differingAt: size)
    while search.commonSeq == nil {
      let question = try ledger.store.read { database, state in
        try search.question { try root(of: log, $0, database, state) }
      }
      try search.receive(try ask(question))
    }
    let commonSeq = search.commonSeq ?? 0
    let isProven = try ledger.store.read { _, state in
      (state.membership?.forks[log] ?? .max) <= commonSeq
    }
    var finding = Finding(log: log, commonSeq: commonSeq, evidence: nil, isProven: isProven)
    guard let theirs = try takeBranch(of: log, after: commonSeq) else { return finding }
    finding.evidence = try ledger.evidence(of: log, after: commonSeq, other: theirs)
    return finding
  }

  private func root(
    of log: LogID, _ size: UInt64, _ database: Connection, _ state: StoreState
  ) throws -> Digest256 {
    guard let held = state.log(log) else { throw SyncRefusal.malformed("a log that is not held") }
    return try held.root(ofSize: size, database)
  }

  /// Asks for the other branch, frame by frame, until its promised head is reached or nothing comes.
  private func takeBranch(
    of log: LogID, after commonSeq: UInt64
  ) throws -> ForkEvidence.Branch? {
    var question = Scorebook_V1_ForkQuestion()
    question.log = ProtobufBytes.data(log.bytes)
    question.commonSeq = commonSeq
    var branch: ForkEvidence.Branch?
    while true {
      let message = try ask(question).branch
      guard let promise = try? PromisedHead(message.head), promise.log == log,
        message.firstSeq == max(commonSeq + 1, question.fromSeq)
      else { return branch }
      let entries = try Self.entries(of: message)
      if branch == nil, let entry = entries.first {
        let shown = ForkEvidence.Branch(
          entry: entry, inclusion: try message.inclusion.digests(), chain: promise.chain)
        // Nothing is kept of a branch that the log's writer has not signed.
        guard try ledger.isSigned(shown, of: log, after: commonSeq) else { return nil }
        branch = shown
      }
      guard let branch, !entries.isEmpty,
        let next = try ledger.quarantine(
          entries, of: log, from: message.firstSeq, branch: branch.leaf),
        next <= promise.chain.size
      else { return branch }
      question.fromSeq = next
    }
  }
}

extension ForkInquiry {
  /// - Throws: `SyncRefusal` for more entries than a batch may hold, or one that is empty.
  private static func entries(
    of message: Scorebook_V1_ForkBranch
  ) throws(SyncRefusal) -> [[UInt8]] {
    guard message.entries.count <= SyncLimits.batchEventsMax else {
      throw .tooMany(
        what: "events of a branch", got: message.entries.count, limit: SyncLimits.batchEventsMax)
    }
    guard message.entries.allSatisfy({ !$0.isEmpty }) else { throw .malformed("an empty entry") }
    return message.entries.map { ProtobufBytes.array($0) }
  }
}

extension Ledger {
  /// Whether the log's writer signed a head that the branch's first entry lies under.
  fileprivate func isSigned(
    _ branch: ForkEvidence.Branch, of log: LogID, after commonSeq: UInt64
  ) throws -> Bool {
    guard let key = try store.read({ _, state in state.log(log)?.publicKey }) else { return false }
    do {
      try branch.verify(ledger: identity.ledger, log: log, key: key, after: commonSeq)
      return true
    } catch {
      return false
    }
  }

  /// The evidence, where both branches are signed beyond the fork point and it holds.
  func evidence(
    of log: LogID, after commonSeq: UInt64, other: ForkEvidence.Branch
  ) throws -> ForkEvidence? {
    try store.read { database, state in
      guard let held = state.log(log),
        let own = try ForkBranches(self, database, state).branch(of: held, after: commonSeq)
      else { return nil }
      let evidence = ForkEvidence(log: log, commonSeq: commonSeq, first: own, second: other)
      let isValid = (try? evidence.verify(ledger: identity.ledger, key: held.publicKey)) != nil
      return isValid ? evidence : nil
    }
  }

  /// Keeps another branch's entries.
  ///
  /// - Returns: the seq after the last that is kept of the branch, also by earlier sessions; nil when there is no room.
  func quarantine(
    _ entries: [[UInt8]], of log: LogID, from firstSeq: UInt64, branch: Digest256
  ) throws -> UInt64? {
    try store.write { appender in
      let table = QuarantineTable(try appender.connection)
      let hasRoom = try appender.quarantine(
        entries, of: log, from: firstSeq, reason: .branch(branch),
        received: surroundings.now())
      guard hasRoom else { return nil }
      return max(
        firstSeq + UInt64(entries.count), try table.lastSeq(of: log, branch: branch) + 1)
    }
  }
}
