import LedgerCore
import LedgerSchema
import LedgerStore
import SwiftProtobuf

extension Ledger {
  /// Proves that nothing was altered: the file, every entry's hash up to every signed head, signatures, the
  /// acknowledged head, stamps, texts, and every view against a replay from zero.
  ///
  /// Costs about as much as importing everything again; nothing is written to the ledger.
  public func verify() throws -> VerificationReport {
    var report = VerificationReport()
    do {
      try auditEntries(&report)
    } catch StoreError.undecodableEntry(let address) {
      // An event that says what counts: without it there is no state to go on with.
      report.findings.append(.undecodable(address))
    } catch StoreError.missingEntry(let address) {
      report.findings.append(.missingEntry(address))
    }
    guard report.findings.isEmpty else { return report }
    report.forks = try forks()
    for (table, isEqual) in try store.compareViewsWithReplay() {
      report.views += 1
      if !isEqual { report.findings.append(.view(table: table)) }
    }
    return report
  }

  private func auditEntries(_ report: inout VerificationReport) throws {
    // Before the moment that is audited: what is acknowledged by then must be in it.
    let acknowledged = store.acknowledgedHead()
    try store.read { database, state in
      report.add(try FileAudit(database))
      for log in state.logs where log.size > 0 {
        try LogAudit(self, database, state, log).audit(&report)
      }
      report.logs = state.logs.count { $0.size > 0 }
      report.digest = Digest256(of: state.heads)
      if let acknowledged { audit(acknowledged, state, &report) }
    }
  }

  /// Drops what is derived and replays it. Equal to the last bit.
  ///
  /// - Returns: the events replayed.
  @discardableResult
  public func rebuild() throws -> Int {
    Int(try store.rebuild())
  }

  private func audit(
    _ acknowledged: Head, _ state: StoreState, _ report: inout VerificationReport
  ) {
    guard let log = state.log(acknowledged.log), log.size < acknowledged.size else { return }
    report.findings.append(
      .acknowledged(log: log.id, acknowledged: acknowledged.size, held: log.size))
  }
}

extension VerificationReport {
  mutating func add(_ audit: FileAudit) {
    findings += audit.problems.map { .file($0) } + audit.alteredSchema.map { .schema(table: $0) }
  }
}

/// Hashes every entry of one log again.
private struct LogAudit {
  private let ledger: Ledger
  private let database: Connection
  private let state: StoreState
  private let log: LogState

  init(_ ledger: Ledger, _ database: Connection, _ state: StoreState, _ log: LogState) {
    self.ledger = ledger
    self.database = database
    self.state = state
    self.log = log
  }

  func audit(_ report: inout VerificationReport) throws {
    let signed = try CheckpointTable(database).row(log: log.number)
    var frontier = MerkleFrontier()
    var stamp = Stamp.beforeAll
    var findings: [VerificationFinding] = []
    var entries: UInt64 = 0
    var texts: UInt64 = 0
    try EntryReader(database).forEachEntry(log: log.number, seqs: 1...log.size) { seq, entry in
      let address = Address(log: log.id, seq: seq)
      if seq != frontier.size + 1, findings.isEmpty {
        findings.append(.missingEntry(Address(log: log.id, seq: frontier.size + 1)))
      }
      frontier.append(leaf: MerkleTree.leafHash(entry))
      entries += 1
      guard findings.isEmpty else { return }
      guard let event = try? Scorebook_V1_Event(serializedBytes: entry) else {
        findings.append(.undecodable(address))
        return
      }
      stamp = try audit(event, at: address, after: stamp, &findings)
      texts += try auditTexts(of: event.meaning, at: address, &findings)
      if let signed, signed.size == seq, frontier.root != signed.root {
        findings.append(.signedHead(log: log.id, size: seq, seq: nil))
      }
    }
    report.entries += entries
    report.texts += texts
    if findings.isEmpty, frontier.size != log.size || frontier.root != log.frontier.root {
      findings.append(.root(log: log.id, size: log.size))
    }
    if let signed { try auditSignature(signed, frontier, &report, &findings) }
    report.findings += findings
  }

  /// Recomputes the stamp; an observation's must be above those of the heads it names.
  private func audit(
    _ event: Scorebook_V1_Event, at address: Address, after previous: Int64,
    _ findings: inout [VerificationFinding]
  ) throws -> Int64 {
    let recorded = Instant(microseconds: event.recordedUs)
    if case .forkProven(let proof) = event.body, !isSound(proof) {
      findings.append(.forkProof(address))
    }
    guard case .observed(let observed) = event.body else {
      return Stamp.next(after: previous, recorded: recorded)
    }
    let times = EntryStamps(database, state)
    for head in observed.heads {
      guard let id = LogID(bytes: head.log), let other = state.log(id), head.size <= other.size,
        try isHeld(head, of: other),
        let stamp = try times.stamp(log: other.number, seq: head.size)
      else { continue }
      if stamp > observed.stampUs { findings.append(.stamp(address)) }
    }
    return Stamp.next(after: previous, recorded: recorded, observing: observed.stampUs)
  }

  /// Of a log that forked another branch may be held here, proven or not, whose entries say nothing of the stamps that
  /// the observer saw.
  private func isHeld(_ head: Scorebook_V1_Head, of log: LogState) throws -> Bool {
    guard head.size >= 1 else { return false }
    return try log.root(ofSize: head.size, database) == Digest256(bytes: head.root)
  }

  /// Of a log that is not held here the key is not known, so nothing can be said.
  private func isSound(_ proof: Scorebook_V1_ForkProven) -> Bool {
    guard let evidence = ForkEvidence(proof) else { return false }
    guard let forked = state.log(evidence.log), forked.size > 0 else { return true }
    let ledger = self.ledger.identity.ledger
    return (try? evidence.verify(ledger: ledger, key: forked.publicKey)) != nil
  }

  private func auditTexts(
    of event: Scorebook_V1_Event, at address: Address, _ findings: inout [VerificationFinding]
  ) throws -> UInt64 {
    let commitments = TextCommitments(event)
    guard !commitments.isEmpty else { return 0 }
    let texts = try TextTable(database).texts(log: log.number, seq: address.seq)
    for text in texts where !commitments.match(text) {
      findings.append(.text(address, ordinal: text.ordinal))
    }
    return UInt64(texts.count)
  }

  private func auditSignature(
    _ signed: CheckpointTable.Row, _ frontier: MerkleFrontier, _ report: inout VerificationReport,
    _ findings: inout [VerificationFinding]
  ) throws {
    report.signedHeads += 1
    let origin = CheckpointOrigin(ledger: ledger.identity.ledger, log: log.id)
    guard let verifier = NoteVerifier(name: origin.name, publicKey: log.publicKey),
      let checkpoint = try? Checkpoint(opening: SignedNote(parsing: signed.note), with: verifier),
      checkpoint.size == signed.size, checkpoint.root == signed.root
    else {
      findings.append(.signature(log: log.id, size: signed.size))
      return
    }
    guard signed.size > log.size, signed.held == log.size else { return }
    let chain = signed.chain(root: frontier.root)
    let isPrefix = (try? chain.verify(origin: origin, key: log.publicKey)) != nil
    if !isPrefix { findings.append(.signedHead(log: log.id, size: signed.size, seq: nil)) }
  }
}
