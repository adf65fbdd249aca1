import LedgerCore
import LedgerSchema
import LedgerStore
import LedgerSync

extension Ledger {
  /// Goes on in a new log where a file shows that the own one was longer once, or has another branch: this machine was
  /// put back to an older state, or is not the only one that writes to its log.
  ///
  /// Asked before anything is taken or written: what the files hold of the old log is then taken in like anybody's, and
  /// nothing is written into the middle of it. Every file is asked, since the own ones may have gone, or come later.
  ///
  /// - Returns: why; nil where the files show nothing of the kind.
  func leaveOwnLog(shownBy stretches: [SharedFolder.Stretch]) throws -> Succession? {
    guard let (log, isOtherBranch) = try ownHeadElsewhere(in: stretches) else { return nil }
    // A fork is proven when the file that shows it is taken in: then the tail is repeated.
    try startSuccessor(isOtherBranch ? .forked : .peerHoldsMore)
    return isOtherBranch ? .forked(log) : .peerHoldsMore(log)
  }

  /// Whether a head that the own log's key has signed is no part of what is held of it.
  private func ownHeadElsewhere(
    in stretches: [SharedFolder.Stretch]
  ) throws -> (log: LogID, isOtherBranch: Bool)? {
    try store.read { database, state in
      try refreshIdentity(database, state)
      guard let own = state.ownLog else { return nil }
      let key = try identity.publicKey()
      // Many files state the same head.
      var held: Set<Head> = []
      var others: Set<Head> = []
      for promise in stretches.compactMap({ $0.promise(of: own.id) })
      where !held.contains(promise.head) && !others.contains(promise.head) {
        if try own.holds(promise.head, database) {
          held.insert(promise.head)
        } else if (try? promise.verify(ledger: identity.ledger, key: key)) != nil {
          // Anybody can name this log; what its key has signed was written to it.
          others.insert(promise.head)
        }
      }
      guard !others.isEmpty else { return nil }
      return (log: own.id, isOtherBranch: others.contains { $0.size <= own.size })
    }
  }

  /// For each file the logs of which it holds another branch than this ledger.
  ///
  /// Of every log: one that somebody has written twice looks like any other one until two branches meet, and that a
  /// file's entries are held by number says nothing. A branch that reaches further than what is held shows when it is
  /// taken in.
  func otherBranches(in stretches: [SharedFolder.Stretch]) throws -> [Set<LogID>] {
    try store.read { database, state in
      // Many files state the same head.
      var held: Set<Head> = []
      return try stretches.map { stretch in
        var others: Set<LogID> = []
        for (id, seqs) in stretch.seqs {
          guard let log = state.log(id), seqs.upperBound <= log.size else { continue }
          if let head = stretch.promise(of: id)?.head {
            if held.contains(head) { continue }
            if try log.holds(head, database) {
              held.insert(head)
              continue
            }
          }
          others.insert(id)
        }
        return others
      }
    }
  }

  /// Whether all entries of a file are held here, in the same branch.
  func holds(_ stretch: SharedFolder.Stretch) throws -> Bool {
    let clock = try heldLogs().clock
    guard stretch.seqs.allSatisfy({ $0.seqs.upperBound <= clock[$0.log] }) else { return false }
    return try otherBranches(in: [stretch]).allSatisfy(\.isEmpty)
  }

  /// The own log and those that it succeeds: their files are this ledger's to keep.
  func ownLogs() throws -> [LogID] {
    try store.read { _, state in ownLogs(of: state) }
  }

  private func ownLogs(of state: StoreState) -> [LogID] {
    [identity.log] + OwnLogs(of: state).left.map(\.log)
  }
}

extension SharedFolder.Stretch {
  /// What it promises of a log; nil where it names none, or one that is no head.
  fileprivate func promise(of log: LogID) -> PromisedHead? {
    hello.heads.first { LogID(bytes: $0.head.log) == log }.flatMap { try? PromisedHead($0) }
  }
}

extension LogState {
  /// Whether the log, as it is held, went through that head.
  fileprivate func holds(_ head: Head, _ database: Connection) throws -> Bool {
    guard head.log == id, head.size >= 1, head.size <= size else { return false }
    return try root(ofSize: head.size, database) == head.root
  }
}
