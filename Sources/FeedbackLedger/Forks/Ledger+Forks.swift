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
    _ plan: SyncSession.Plan, _ inquiry: ForkInquiry, _ receiver: SyncReceiver, _ mine: Holdings
  ) throws -> Set<LogID> {
    let partings = try inquiry.partings(in: plan, mine, peerLog: receiver.session.peerLog)
    for (log, size) in partings {
      let finding = try inquiry.inquire(log, differingAt: size)
      if !finding.isProven { receiver.note(.fork(log: log, seq: finding.commonSeq + 1)) }
      guard let evidence = finding.evidence, !finding.isProven else { continue }
      try prove(evidence, receiver)
    }
    let parted = Set(partings.map(\.log))
    try leaveOwnLog(plan, parted, receiver)
    return parted
  }

  /// An own log that a peer holds more of, or writes to as well, is left before anything of it is taken back: a session
  /// that breaks off half-way must not let this ledger write into the middle of it.
  ///
  /// `isLive`: whether the peer speaks now. A bundle that this ledger made may come back, and shows a prefix of its own
  /// log; so does a copy that has recorded nothing, which harms nobody before it does.
  func leaveOwnLog(
    _ plan: SyncSession.Plan, _ parted: Set<LogID>, _ receiver: SyncReceiver, isLive: Bool = true
  ) throws {
    let own = identity.log
    if let promise = receiver.session.promised[own], !parted.contains(own),
      plan.want.contains(where: { $0.log == own })
    {
      try promise.verify(ledger: identity.ledger, key: try identity.publicKey())
      try startSuccessor(.peerHoldsMore)
      receiver.report.successions.append(.peerHoldsMore(own))
    } else if receiver.session.peerLog == own {
      if !isLive, let promise = receiver.session.promised[own], try isPrefix(promise.head) {
        return
      }
      try startSuccessor(.copied)
      receiver.report.successions.append(.cloned(own))
    }
  }

  /// Whether the own log went through that head.
  private func isPrefix(_ head: Head) throws -> Bool {
    try store.read { database, state in
      guard let own = state.ownLog, head.size >= 1, head.size <= own.size else { return false }
      return try MerkleNodes(database).root(ofLog: own.number, size: head.size) == head.root
    }
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
    try repeatLateTail()
    try settleProofs()
  }

  /// Records the evidence; of the own log it begins the successor, of the one that was left it brings the tail along.
  private func prove(_ evidence: ForkEvidence, _ receiver: SyncReceiver) throws {
    guard evidence.log != identity.log else {
      try startSuccessor(.forked, proof: evidence)
      receiver.report.successions.append(.forked(evidence.log))
      return
    }
    let isJustLeft = receiver.report.successions.contains(.cloned(evidence.log))
    let late = try store.read { database, state in
      try lateTail(database, state, proof: evidence, isJustLeft: isJustLeft)
    }
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

  /// A log that was left because a peer held more of it, and then turns out to have forked: what was recorded there is
  /// repeated in the log that goes on. A copy's predecessor is not: its own ledger repeats it.
  private func repeatLateTail() throws {
    let late = try store.read { database, state in try lateTail(database, state) }
    guard let late else { return }
    try withRecorder { try late.repeatAll(by: $0) }
  }

  /// `proof`: of a fork that no event proves yet.
  /// `isJustLeft`: whether this session left the log, before it showed the other branch.
  private func lateTail(
    _ database: Connection, _ state: StoreState, proof: ForkEvidence? = nil,
    isJustLeft: Bool = false
  ) throws -> ForkTail? {
    guard let own = state.ownLog else { return nil }
    var start: Scorebook_V1_Predecessor?
    for (address, event) in state.contextEvents where address.log == own.id {
      switch event.body {
      case .logStarted(let started): start = started.predecessor
      case .forkProven(let proof) where proof.log == start?.head.log: return nil
      default: break  // Nothing else tells what was repeated.
      }
    }
    guard let start, start.reason == .peerHoldsMore || isJustLeft,
      let id = LogID(bytes: start.head.log), proof == nil || proof?.log == id,
      let log = state.log(id), start.head.size <= log.size
    else { return nil }
    return ForkTail(of: log, through: start.head.size, state, adding: proof)
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
