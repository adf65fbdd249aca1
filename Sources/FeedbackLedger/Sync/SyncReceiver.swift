import LedgerCore
package import LedgerSchema
import LedgerStore
package import LedgerSync
import SwiftProtobuf

/// Takes a peer's batches in: each is verified, then stored with everything that follows from it in one transaction.
package final class SyncReceiver {
  private let ledger: Ledger
  let session: SyncSession
  private var verifier: BatchVerifier
  /// Keys of logs that this session brought: a successor may come in the batch of its predecessor.
  private var admitted: [LogID: [UInt8]] = [:]
  /// Logs that failed in this session; nothing more of them is taken, all others go on.
  private var refused: Set<LogID> = []
  /// Entries that are signed for and yet no events: their logs are refused from there on.
  private var unreadable: [LogID: SyncRefusal] = [:]
  /// Other branches of logs that are held here, as far as this session brought them.
  private(set) var branches: [LogID: CollectedBranch] = [:]
  package internal(set) var report = SyncReport()

  package init(_ ledger: Ledger, session: SyncSession) {
    self.ledger = ledger
    self.session = session
    verifier = BatchVerifier(ledger: ledger.identity.ledger, promised: session.promised)
    report.peerSite = session.peerSite
  }

  package func note(_ refusal: SyncRefusal) {
    report.refusals.append(refusal)
  }

  package func receive(_ batch: Scorebook_V1_Batch) throws {
    let (before, refusedBefore) = (report, refused)
    do {
      try take(batch)
    } catch SyncRefusal.undecodable(let log, let seq) where unreadable[log] == nil {
      // The transaction is undone: again without that log, so that it holds up no other one.
      (report, refused) = (before, refusedBefore)
      unreadable[log] = .undecodable(log: log, seq: seq)
      try receive(batch)
    }
  }

  private func take(_ batch: Scorebook_V1_Batch) throws {
    let count = batch.runs.reduce(0) { $0 + $1.entries.count }
    guard count <= SyncLimits.batchEventsMax else {
      throw SyncRefusal.tooLarge(what: "batch", got: count, limit: SyncLimits.batchEventsMax)
    }
    try ledger.store.write { appender in
      for run in batch.runs { try collect(run, appender) }
      let runs = try joined(batch.runs)
      var accepted: Set<LogID> = []
      for run in runs {
        do {
          try verify(run, proofs: batch.proofs, appender)
          accepted.insert(run.log)
        } catch let refusal as SyncRefusal {
          try refuse(run, refusal, appender)
        }
      }
      try append(batch, accepted: accepted, appender)
      try storeTexts(batch.texts, appender)
      for run in runs where accepted.contains(run.log) {
        try keepCheckpoint(run.log, proofs: batch.proofs, appender)
      }
    }
  }

  /// The entries of one log in a batch.
  private struct LogRun {
    var log: LogID
    var firstSeq: UInt64
    var entries: [[UInt8]]
  }

  private func joined(_ runs: [Scorebook_V1_Run]) throws -> [LogRun] {
    var joined: [LogID: LogRun] = [:]
    var order: [LogID] = []
    for run in runs {
      guard let log = LogID(bytes: run.log), run.firstSeq > 0,
        run.firstSeq <= UInt64(UInt32.max)
      else { throw SyncRefusal.malformed("a run without log or seq") }
      guard !refused.contains(log) else { continue }
      let entries = run.entries.map { ProtobufBytes.array($0) }
      if let earlier = joined[log] {
        guard earlier.firstSeq + UInt64(earlier.entries.count) == run.firstSeq else {
          throw SyncRefusal.malformed("runs of one log with a gap between them")
        }
        joined[log]?.entries.append(contentsOf: entries)
      } else {
        joined[log] = LogRun(log: log, firstSeq: run.firstSeq, entries: entries)
        order.append(log)
      }
    }
    // As the sender holds them: a predecessor comes before its successor, which its key admits.
    return order.compactMap { joined[$0] }
  }

  private func verify(
    _ run: LogRun, proofs: [Scorebook_V1_HeadProof], _ appender: Appender
  ) throws {
    if let refusal = unreadable[run.log] { throw refusal }
    let state = appender.state.log(run.log)
    let held = state?.size ?? 0
    guard run.firstSeq <= held + 1 else {
      throw SyncRefusal.gap(log: run.log, held: held, first: run.firstSeq)
    }
    try compareOverlap(run, held: held, appender)
    let fresh = run.entries.dropFirst(Int(held + 1 - run.firstSeq))
    guard let first = fresh.first else { return }
    for (index, entry) in fresh.enumerated() where entry.count > StoreLimits.entryBytesMax {
      throw SyncRefusal.tooLarge(
        what: "entry \(held + 1 + UInt64(index))", got: entry.count,
        limit: StoreLimits.entryBytesMax)
    }
    let key = try state.map(\.publicKey) ?? admittedKey(of: run.log, first: first, appender)
    let reached = held + UInt64(fresh.count)
    let proof = proofs.first { LogID(bytes: $0.log) == run.log && $0.size == reached }
    try verifier.verify(
      log: run.log,
      known: BatchVerifier.Known(frontier: state?.frontier ?? MerkleFrontier(), publicKey: key),
      leaves: fresh.map { MerkleTree.leafHash($0) }, proof: try proof?.consistency.digests())
  }

  /// What we hold already must be the same, byte for byte.
  private func compareOverlap(_ run: LogRun, held: UInt64, _ appender: Appender) throws {
    guard run.firstSeq <= held, let number = appender.state.numbers[run.log] else { return }
    let last = min(held, run.firstSeq + UInt64(run.entries.count) - 1)
    try EntryReader(appender.connection).forEachEntry(
      log: number, seqs: run.firstSeq...last
    ) { seq, entry in
      if run.entries[Int(seq - run.firstSeq)] != entry {
        throw SyncRefusal.fork(log: run.log, seq: seq)
      }
    }
  }

  /// The key that a new log's first entry states, if it may enter at all.
  private func admittedKey(of log: LogID, first: [UInt8], _ appender: Appender) throws -> [UInt8] {
    guard let event = try? Scorebook_V1_Event(serializedBytes: first),
      case .logStarted(let start) = event.body,
      Admission.ground(
        of: start, log: log, entry: first, ledger: ledger.identity.ledger,
        authorityKey: ledger.identity.authorityKey,
        key: { appender.state.log($0)?.publicKey ?? admitted[$0] }) != nil
    else { throw SyncRefusal.uninvited(log: log) }
    let key = ProtobufBytes.array(start.publicKey)
    admitted[log] = key
    return key
  }

  private func append(
    _ batch: Scorebook_V1_Batch, accepted: Set<LogID>, _ appender: Appender
  ) throws {
    let now = max(
      ledger.surroundings.now(), Instant(microseconds: appender.state.receivedLast))
    for run in batch.runs {
      guard let log = LogID(bytes: run.log), accepted.contains(log) else { continue }
      let number = try appender.number(of: log)
      let held = appender.state.logs[Int(number)].size
      for (index, data) in run.entries.enumerated() {
        let seq = run.firstSeq + UInt64(index)
        guard seq > held else { continue }
        let entry = ProtobufBytes.array(data)
        guard let event = try? Scorebook_V1_Event(serializedBytes: entry),
          EventValidation.isSound(event)
        else { throw SyncRefusal.undecodable(log: log, seq: seq) }
        try appender.append(entry, event: event, log: number, received: now, isOwn: false)
        for ordinal in event.meaning.detached.indices {
          try appender.texts.noteMissing(log: number, seq: seq, ordinal: ordinal)
        }
        report.received += 1
      }
    }
  }

  /// Texts that match their commitment; one of an erased customer is dropped.
  private func storeTexts(_ texts: [Scorebook_V1_DetachedText], _ appender: Appender) throws {
    let sources = try SourceIndex(appender.connection)
    for text in texts {
      guard let log = LogID(bytes: text.address.log), let number = appender.state.numbers[log],
        let entry = try EntryReader(appender.connection).entry(
          log: number, seq: text.address.seq),
        let event = (try? Scorebook_V1_Event(serializedBytes: entry))?.meaning
      else { continue }
      let ordinal = Int(text.address.ordinal)
      let salt = ProtobufBytes.array(text.salt)
      let bytes = ProtobufBytes.array(text.bytes)
      guard ordinal < event.detached.count, text.encoding <= 255, salt.count == 16,
        ProtobufBytes.array(event.detached[ordinal].commitment)
          == DraftSealer.commitment(
            salt: salt, encoding: UInt8(text.encoding), bytes: bytes)
      else {
        note(.textMismatch(log: log, seq: text.address.seq))
        continue
      }
      if let customer = CustomerID(bytes: event.customer), try sources.isErased(customer) {
        continue
      }
      try appender.insertText(
        TextTable.Text(
          ordinal: ordinal, salt: salt, encoding: UInt8(text.encoding), bytes: bytes),
        log: number, seq: text.address.seq)
      try appender.texts.noteFound(log: number, seq: text.address.seq, ordinal: ordinal)
      report.texts += 1
    }
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
    try CheckpointTable(appender.connection).set(row, log: state.number)
  }

  /// More of a branch that an earlier batch began.
  private func collect(_ run: Scorebook_V1_Run, _ appender: Appender) throws {
    guard let log = LogID(bytes: run.log) else { return }
    try branches[log]?.take(
      run.entries.map { ProtobufBytes.array($0) }, from: run.firstSeq, appender,
      received: ledger.surroundings.now())
  }

  private func refuse(_ run: LogRun, _ refusal: SyncRefusal, _ appender: Appender) throws {
    refused.insert(run.log)
    let proven = appender.state.membership?.forks[run.log]
    if case .fork(_, let seq) = refusal, let promise = session.promised[run.log] {
      var branch = CollectedBranch(promise: promise, commonSeq: seq - 1)
      try branch.take(
        run.entries, from: run.firstSeq, appender, received: ledger.surroundings.now())
      branches[run.log] = branch
      // A fork that is proven already is no news, and its tail is kept all the same.
      if let proven, proven <= branch.commonSeq { return }
      return note(refusal)
    }
    note(refusal)
    try QuarantineTable(appender.connection).add(
      reason: String(describing: refusal), log: run.log, seq: run.firstSeq,
      bytes: run.entries.first ?? [], received: ledger.surroundings.now())
  }
}
