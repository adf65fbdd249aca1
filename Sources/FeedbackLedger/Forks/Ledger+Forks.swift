package import LedgerCore
import LedgerSchema
import LedgerStore
package import LedgerSync

extension Ledger {
  /// Before a transfer: finds the logs whose branches part, proves it where that can be proven, and moves on from an
  /// own log that is not this ledger's alone any more.
  ///
  /// - Returns: the logs of which nothing is to be transferred: each side keeps its branch.
  package func settleForks(
    _ plan: SyncSession.Plan, _ inquiry: ForkInquiry, _ receiver: SyncReceiver,
    hasAsked: Bool = true
  ) throws -> Set<LogID> {
    let partings = try inquiry.partings(in: plan, receiver.session)
    for (log, size) in partings {
      let finding = try inquiry.inquire(log, differingAt: size)
      if !finding.isProven { receiver.note(.fork(log: log, seq: finding.commonSeq + 1)) }
      guard let evidence = finding.evidence, !finding.isProven else { continue }
      try prove(evidence, receiver)
    }
    let parted = Set(partings.map(\.log))
    try leaveOwnLog(plan, parted, receiver, isLive: hasAsked)
    return parted
  }

  /// An own log that a peer holds more of, or writes to as well, is left before anything of it is taken back: a session
  /// that breaks off half-way must not let this ledger write into the middle of it.
  ///
  /// `isLive`: whether the peer is known to be another ledger that speaks now. A bundle or a request that this ledger
  /// made may come back, and shows a prefix of its own log; so does a copy that has recorded nothing, which harms
  /// nobody before it does.
  func leaveOwnLog(
    _ plan: SyncSession.Plan, _ parted: Set<LogID>, _ receiver: SyncReceiver, isLive: Bool = true
  ) throws {
    let own = identity.log
    if let promise = receiver.session.promised[own], !parted.contains(own),
      plan.want.contains(where: { $0.log == own })
    {
      // Another program has recorded here since the session began, and a session of its own has brought it there.
      guard try !isPrefix(promise.head) else { return }
      try promise.verify(ledger: identity.ledger, key: try identity.publicKey())
      try startSuccessor(.peerHoldsMore)
      receiver.report.successions.append(.peerHoldsMore(own))
    } else if receiver.session.peerLog == own {
      if let promise = receiver.session.promised[own] {
        // Unsigned where the peer is not ahead.
        let isPrefix = try isPrefix(promise.head)
        if isPrefix, !isLive { return }
        if !isPrefix {
          try promise.verify(ledger: identity.ledger, key: try identity.publicKey())
        }
      } else if !isLive {
        return  // Anybody can write a file that names this log as its maker's own.
      }
      try startSuccessor(.copied)
      receiver.report.successions.append(.cloned(own))
    }
  }

  /// Whether the own log went through that head.
  private func isPrefix(_ head: Head) throws -> Bool {
    try store.read { database, state in
      guard let own = state.ownLog, head.size >= 1, head.size <= own.size else { return false }
      return try own.root(ofSize: head.size, database) == head.root
    }
  }

  /// After a transfer: the peer holds another branch of the own log, and nothing that came proves it. The peer may have
  /// proven it in a log that has parted as well, and whose news never come.
  package func settleOwnLog(_ inquiry: ForkInquiry, _ receiver: SyncReceiver) throws {
    let own = receiver.session.mine.log
    guard identity.log == own, let parting = try inquiry.ownParting(receiver.session),
      try store.read({ $1.membership?.forks[own] }) == nil,
      let evidence = try inquiry.inquire(own, differingAt: parting.size).evidence
    else { return }
    try prove(evidence, receiver)
  }

  /// After a transfer: proves what the batches showed, and obeys what they brought.
  func settleForks(after receiver: SyncReceiver) throws {
    for (log, collected) in receiver.branches.sorted(by: { $0.key < $1.key }) {
      let theirs = try store.read { database, state in
        try state.log(log).flatMap { try collected.branch(database, log: $0.number) }
      }
      let isProven = try store.read { _, state in
        (state.membership?.forks[log] ?? .max) <= collected.commonSeq
      }
      guard !isProven, let theirs,
        let evidence = try evidence(of: log, after: collected.commonSeq, other: theirs)
      else { continue }
      try prove(evidence, receiver)
    }
    try leaveForkedLog(receiver)
    try repeatLateTails()
    try settleProofs()
  }

  /// Records the evidence; of the own log it begins the successor, of the one that was left it brings the tail along.
  private func prove(_ evidence: ForkEvidence, _ receiver: SyncReceiver) throws {
    guard evidence.log != identity.log else {
      try startSuccessor(.forked, proof: evidence)
      receiver.report.successions.append(.forked(evidence.log))
      return
    }
    let late = try store.read { _, state in lateTail(of: evidence.log, state, adding: evidence) }
    try withRecorder { recorder in
      if let late {
        try late.repeatAll(by: recorder)
      } else {
        try recorder.append(.forkProven(evidence.message))
      }
    }
  }

  /// The owner, once told.
  private func leaveForkedLog(_ receiver: SyncReceiver) throws {
    let own = identity.log
    guard try store.read({ $1.membership?.forks[own] }) != nil else { return }
    try startSuccessor(.forked)
    receiver.report.successions.append(.forked(own))
  }

  /// A log that was left for another reason, and then turns out to have forked, or to have forked earlier: what was
  /// recorded there is repeated in the log that goes on. Where two ledgers left the same log both do so, and one of the
  /// repetitions counts.
  private func repeatLateTails() throws {
    let late = try store.read { _, state in
      OwnLogs(of: state).left.compactMap { lateTail(of: $0.log, state) }
    }
    guard !late.isEmpty else { return }
    try withRecorder { recorder in
      for tail in late { try tail.repeatAll(by: recorder) }
    }
  }

  /// Nil for a log that was never this ledger's own, that has not forked before it was left, or whose tail this ledger
  /// has repeated: then the proof stands in a log of its own.
  ///
  /// `proof`: of a fork that no event proves yet.
  func lateTail(
    of log: LogID, _ state: StoreState, adding proof: ForkEvidence? = nil
  ) -> ForkTail? {
    let own = OwnLogs(of: state)
    let known = [state.membership?.forks[log], proof?.commonSeq].compactMap { $0 }.min()
    guard let commonSeq = known, let left = own.left.first(where: { $0.log == log }),
      left.seq > commonSeq, let held = state.log(log), left.seq <= held.size,
      (own.provenSeq(of: log, state) ?? .max) > commonSeq
    else { return nil }
    return ForkTail(of: held, through: left.seq, state, adding: proof)
  }

  /// A proof that stands only in a tail which counts nowhere is said again where it counts.
  private func settleProofs() throws {
    let proofs = try store.read { _, state in state.membership?.unsettledProofs ?? [] }
    guard !proofs.isEmpty else { return }
    try withRecorder { recorder in
      var said: Set<LogID> = []
      for proof in proofs where said.insert(proof.log).inserted {
        try recorder.append(.forkProven(proof.message))
      }
    }
  }
}
