import LedgerCore
package import LedgerSchema
import LedgerStore
package import LedgerSync
import SwiftProtobuf

/// Takes a peer's batches in: each is verified, then stored with everything that follows from it in one transaction.
package final class SyncReceiver {
  let ledger: Ledger
  let session: SyncSession
  /// Whether the peer itself is there: a file says nothing of when its maker was heard of.
  let isContact: Bool
  private let pendingBytesMax: Int64
  private var preparer: BatchPreparer
  private var progress: Progress

  /// What a session has come to: taken back where a transaction is.
  private struct Progress {
    var verifier: BatchVerifier
    /// Keys of logs that this session brought: a successor may come in the batch of its predecessor.
    var admitted: [LogID: [UInt8]] = [:]
    var authorityKeys: AuthorityKeys
    /// Logs that failed in this session; nothing more of them is taken, all others go on.
    var refused: Set<LogID> = []
    /// Other branches of logs that are held here, as far as this session brought them.
    var branches: [LogID: CollectedBranch] = [:]
    var report = SyncReport()
  }

  var branches: [LogID: CollectedBranch] { progress.branches }

  package var report: SyncReport {
    get { progress.report }
    set { progress.report = newValue }
  }

  /// `pendingBytesMax`: as many bytes of one invitation's logs that count nothing are held; no more are taken.
  package init(
    _ ledger: Ledger, session: SyncSession, isContact: Bool = true,
    pendingBytesMax: Int64 = SyncLimits.pendingBytesMax
  ) throws {
    self.ledger = ledger
    self.pendingBytesMax = pendingBytesMax
    self.isContact = isContact
    self.session = session
    preparer = try BatchPreparer(ledger)
    progress = Progress(
      verifier: BatchVerifier(ledger: ledger.identity.ledger, promised: session.promised),
      authorityKeys: AuthorityKeys(ledger.identity))
    report.peerSite = session.peerSite
    report.clockSkew = session.peerWallClock?.skew(from: ledger.surroundings.now())
  }

  package func note(_ refusal: SyncRefusal) {
    report.refusals.append(refusal)
  }

  /// Takes in what another thread brings and prepares.
  ///
  /// `batches`: calls the function it is given with one batch after another; runs on the other thread.
  package func receive(
    _ batches: @escaping @Sendable ((Scorebook_V1_Batch) throws -> Void) throws -> Void
  ) throws {
    let first = preparer
    let allowance = ledger.preparedBatches
    try Pipeline<PreparedBatch>.run(depth: 2 * Self.batchesPerTransaction) { emit in
      var preparer = first
      try batches { batch in
        let share = allowance.next()
        var prepared = try preparer.prepare(batch)
        prepared.share = share
        guard emit(prepared) else { throw CancellationError() }
      }
    } drain: { parts in
      while let batch = try parts.next() { try receive(batch, parts.nextIfReady) }
    }
  }

  /// At most: one wait for the disk, and one writing of what every transaction ends with.
  static let batchesPerTransaction = 4

  package func receive(_ batch: Scorebook_V1_Batch) throws {
    try receive(try preparer.prepare(batch)) { nil }
  }

  /// Stores a batch in one transaction, and with it those that are ready by then: nobody is waited for while the ledger
  /// is locked. Where one of them is refused as a whole, those before it are stored all the same.
  private func receive(
    _ first: PreparedBatch, _ nextIfReady: () -> PreparedBatch?
  ) throws {
    let before = progress
    var group = [first]
    defer { for batch in group { batch.share?.giveBack() } }
    do {
      try ledger.store.write { appender in
        try take(first, appender)
        while group.count < Self.batchesPerTransaction, let batch = nextIfReady() {
          group.append(batch)
          try take(batch, appender)
        }
        try noteContact(appender, since: before.report.received)
      }
    } catch let refusal as SyncRefusal {
      progress = before
      guard group.count > 1 else { throw refusal }
      for batch in group { try receive(batch) { nil } }
    }
  }

  private func take(_ batch: PreparedBatch, _ appender: Appender) throws {
    for run in batch.runs { try collect(run, appender) }
    progress.authorityKeys.note(batch, appender.state.membership)
    let runs = try joined(batch.runs)
    var accepted: Set<LogID> = []
    for run in runs {
      do {
        // What is held already proves nothing of the head that came with it, which is then not kept.
        if try verify(run, proofs: batch.proofs, appender) { accepted.insert(run.log) }
      } catch let refusal as SyncRefusal {
        try refuse(run, refusal, appender)
      }
    }
    try refuseClaims(runs, from: &accepted, appender)
    holdBack(runs, from: &accepted, appender)
    var texts = ReceivedTexts(ledger, batch.texts)
    try append(batch, accepted: accepted, &texts, appender)
    try texts.storeOthers(appender)
    report.texts += texts.stored
    report.refusals += texts.refusals
    for run in runs where accepted.contains(run.log) {
      try keepCheckpoint(run.log, proofs: batch.proofs, appender)
    }
  }

  /// An observation may have seen what is held, or what comes in the same batch: `Stamp.isCredible`.
  private func refuseClaims(
    _ runs: [PreparedBatch.Run], from accepted: inout Set<LogID>, _ appender: Appender
  ) throws {
    let taken = runs.filter { accepted.contains($0.log) }
    guard taken.contains(where: \.claimsMore) else { return }
    var greatest = appender.state.logs.map(\.stamp).max() ?? Stamp.beforeAll
    // What nobody waits for here may be what bears a claim out: then others judge it.
    let unjudged = PromisedCauses(appender, session, report).unawaited
    var walks = taken.map { run in
      let log = appender.state.log(run.log)
      return StampWalk(
        run, after: log?.stamp ?? Stamp.beforeAll, held: log?.size ?? 0, unjudged: unjudged)
    }
    // What one of them bears out may let another one go on.
    while walks.indices.reduce(false, { walks[$1].advance(&greatest) || $0 }) {}
    for (run, walk) in zip(taken, walks) {
      guard let refusal = walk.refusal else { continue }
      accepted.remove(run.log)
      try refuse(run, refusal, appender)
    }
  }

  /// What lacks a cause that the peer has waits for the next session, and so does what lacks that.
  private func holdBack(
    _ runs: [PreparedBatch.Run], from accepted: inout Set<LogID>, _ appender: Appender
  ) {
    let causes = PromisedCauses(appender, session, report)
    while true {
      let taken = runs.filter { accepted.contains($0.log) }
      let reach = PromisedCauses.reach(of: taken)
      let waiting = taken.lazy.compactMap { run in
        causes.missing(for: run, within: reach).map { (run.log, $0) }
      }.first
      guard let (log, refusal) = waiting else { return }
      accepted.remove(log)
      progress.refused.insert(log)
      note(refusal)
    }
  }

  private func joined(_ runs: [PreparedBatch.Run]) throws -> [PreparedBatch.Run] {
    var joined: [LogID: PreparedBatch.Run] = [:]
    var order: [LogID] = []
    for run in runs where !progress.refused.contains(run.log) {
      guard let earlier = joined[run.log] else {
        joined[run.log] = run
        order.append(run.log)
        continue
      }
      guard earlier.firstSeq + UInt64(earlier.entries.count) == run.firstSeq else {
        throw SyncRefusal.malformed("runs of one log with a gap between them")
      }
      joined[run.log]?.entries.append(contentsOf: run.entries)
    }
    // As the sender holds them: a predecessor comes before its successor, which its key admits.
    return order.compactMap { joined[$0] }
  }

  /// - Returns: whether there is anything new in the run.
  private func verify(
    _ run: PreparedBatch.Run, proofs: [Scorebook_V1_HeadProof], _ appender: Appender
  ) throws -> Bool {
    let state = appender.state.log(run.log)
    let held = state?.size ?? 0
    guard run.firstSeq <= held + 1 else {
      throw SyncRefusal.gap(log: run.log, held: held, first: run.firstSeq)
    }
    try compareOverlap(run, held: held, appender)
    let fresh = run.entries.dropFirst(Int(held + 1 - run.firstSeq))
    guard let first = fresh.first else { return false }
    for (index, entry) in fresh.enumerated() where entry.bytes.count > EventLimits.entryBytesMax {
      throw SyncRefusal.tooLarge(
        what: "entry \(held + 1 + UInt64(index))", got: entry.bytes.count,
        limit: EventLimits.entryBytesMax)
    }
    let key = try state.map(\.publicKey) ?? admittedKey(of: run.log, first: first, appender)
    let reached = held + UInt64(fresh.count)
    let proof = proofs.first { LogID(bytes: $0.log) == run.log && $0.size == reached }
    try progress.verifier.verify(
      log: run.log,
      known: BatchVerifier.Known(frontier: state?.frontier ?? MerkleFrontier(), publicKey: key),
      leaves: fresh.map(\.leaf), proof: try proof?.consistency.digests())
    // Signed for, and yet no event: the log is refused from there on, and holds up no other one.
    if let unreadable = fresh.firstIndex(where: { $0.prepared == nil }) {
      throw SyncRefusal.undecodable(log: run.log, seq: run.firstSeq + UInt64(unreadable))
    }
    return true
  }

  /// What we hold already must be the same, byte for byte.
  private func compareOverlap(
    _ run: PreparedBatch.Run, held: UInt64, _ appender: Appender
  ) throws {
    guard run.firstSeq <= held, let number = appender.state.numbers[run.log] else { return }
    let last = min(held, run.firstSeq + UInt64(run.entries.count) - 1)
    try EntryReader(appender.connection).forEachEntry(
      log: number, seqs: run.firstSeq...last
    ) { seq, entry in
      if run.entries[Int(seq - run.firstSeq)].bytes != entry {
        throw SyncRefusal.fork(log: run.log, seq: seq)
      }
    }
  }

  /// The key that a new log's first entry states, if it may enter at all.
  private func admittedKey(
    of log: LogID, first: PreparedBatch.Entry, _ appender: Appender
  ) throws -> [UInt8] {
    let admitted = progress.admitted
    guard case .logStarted(let start) = first.prepared?.event?.body,
      Admission.ground(
        of: start, log: log, entry: first.bytes, ledger: ledger.identity.ledger,
        genesis: ledger.identity.authorityLog,
        authorityKeys: progress.authorityKeys.all(appender.state.membership),
        key: { appender.state.log($0)?.publicKey ?? admitted[$0] }) != nil
    else { throw SyncRefusal.uninvited(log: log) }
    let key = ProtobufBytes.array(start.publicKey)
    progress.admitted[log] = key
    return key
  }

  private func append(
    _ batch: PreparedBatch, accepted: Set<LogID>, _ texts: inout ReceivedTexts,
    _ appender: Appender
  ) throws {
    let now = max(
      ledger.surroundings.now(), Instant(microseconds: appender.state.receivedLast))
    for run in batch.runs where accepted.contains(run.log) {
      guard try hasRoom(run, appender) else { continue }
      let number = try appender.number(of: run.log)
      let held = appender.state.logs[Int(number)].size
      for (index, entry) in run.entries.enumerated() {
        let seq = run.firstSeq + UInt64(index)
        guard seq > held, let prepared = entry.prepared else { continue }
        try appender.append(prepared, log: number, received: now, isOwn: false)
        if let commitments = prepared.commitments {
          let address = Address(log: run.log, seq: seq)
          try texts.store(of: commitments, at: address, log: number, appender)
        }
        report.received += 1
      }
    }
  }

  /// Asked as the entry before it is in: a batch may bring what admits the log.
  private func hasRoom(_ run: PreparedBatch.Run, _ appender: Appender) throws -> Bool {
    guard !progress.refused.contains(run.log) else { return false }
    // The genesis comes before what admits anybody.
    let isGenesis = run.log == ledger.identity.authorityLog && run.firstSeq == 1
    let hasRoom =
      try isGenesis
      || appender.hasRoom(
        for: run.log, from: run.firstSeq, first: run.entries.first?.prepared?.event,
        pendingBytesMax: pendingBytesMax)
    guard !hasRoom else { return true }
    progress.refused.insert(run.log)
    note(.pendingIsFull(log: run.log, limit: pendingBytesMax))
    return false
  }

  /// Keeps the signed head with the proof that what is held is its prefix, chained where the peer held a prefix itself.
  /// Also where the session may break off: what this ledger records next observes that prefix, so it must be able to
  /// pass it on.
  private func keepCheckpoint(
    _ log: LogID, proofs: [Scorebook_V1_HeadProof], _ appender: Appender
  ) throws {
    guard let promise = session.promised[log], let state = appender.state.log(log),
      state.size <= promise.head.size
    else { return }
    var chain = promise.chain
    if state.size < promise.head.size {
      guard
        let proof = proofs.first(where: { LogID(bytes: $0.log) == log && $0.size == state.size }),
        let prefix = chain.prefixed(
          size: state.size, root: state.frontier.root,
          consistency: try proof.consistency.digests())
      else { return }
      chain = prefix
    }
    guard let row = CheckpointTable.Row(chain) else { return }
    try appender.keep(row, log: state.number)
  }

  /// More of a branch that an earlier batch began.
  private func collect(_ run: PreparedBatch.Run, _ appender: Appender) throws {
    try progress.branches[run.log]?.take(
      run.entries.map(\.bytes), from: run.firstSeq, appender,
      received: ledger.surroundings.now())
  }

  private func refuse(
    _ run: PreparedBatch.Run, _ refusal: SyncRefusal, _ appender: Appender
  ) throws {
    progress.refused.insert(run.log)
    let proven = appender.state.membership?.forks[run.log]
    if case .fork(_, let seq) = refusal, let promise = session.promised[run.log] {
      var branch = CollectedBranch(promise: promise, commonSeq: seq - 1)
      try branch.take(
        run.entries.map(\.bytes), from: run.firstSeq, appender,
        received: ledger.surroundings.now())
      progress.branches[run.log] = branch
      // A fork that is proven already is no news, and its tail is kept all the same.
      if let proven, proven <= branch.commonSeq { return }
      return note(refusal)
    }
    note(refusal)
    try appender.quarantine(
      run.entries.prefix(1).map(\.bytes), of: run.log, from: run.firstSeq,
      reason: .refused(kind: refusal.message.kind), received: ledger.surroundings.now())
  }
}
