import LedgerCore
import LedgerSchema
import LedgerStore
import SwiftProtobuf

/// What a forked log holds here after its fork point, to be repeated in the log that goes on.
struct ForkTail {
  private let log: LogState
  private let size: UInt64
  private let proofs: [ForkEvidence]
  private let commonSeq: UInt64
  /// The proof to begin with.
  private let proof: ForkEvidence

  /// Nil for a log that no valid proof is held of.
  ///
  /// `added`: a proof that no event states yet.
  /// `size`: how far this ledger recorded in it; nil: as far as it is held.
  init?(
    of log: LogState, through size: UInt64? = nil, _ state: StoreState,
    adding added: ForkEvidence? = nil
  ) {
    var proofs = state.membership?.forkProofs.filter { $0.log == log.id } ?? []
    if let added, added.log == log.id { proofs.append(added) }
    guard let lowest = proofs.min(by: { $0.commonSeq < $1.commonSeq }) else { return nil }
    self.log = log
    self.size = size ?? log.size
    self.proofs = proofs
    commonSeq = lowest.commonSeq
    proof = lowest
  }

  /// The proof first, then each entry after the fork point, as it is held here; but for those that this ledger has
  /// repeated before, when only a later fork point was proven.
  ///
  /// - Returns: how many were repeated.
  @discardableResult
  func repeatAll(by recorder: Recorder) throws -> Int {
    try recorder.append(.forkProven(proof.message))
    guard size > commonSeq else { return 0 }
    var entries: [[UInt8]] = []
    let reader = EntryReader(try recorder.appender.connection)
    try reader.forEachEntry(log: log.number, seqs: commonSeq + 1...size) { entries.append($1) }
    let own = OwnLogs(of: recorder.appender.state)
    return try TailRepeater(
      log: log.id, site: log.site, proofs: proofs, commonSeq: commonSeq, done: own
    ).repeatEntries(entries, from: commonSeq + 1, of: entries[0], by: recorder)
  }
}

/// Appends a tail's entries to the own log, each as an event that names what it repeats.
struct TailRepeater {
  let log: LogID
  let site: String
  /// All that is proven of the log.
  let proofs: [ForkEvidence]
  let commonSeq: UInt64
  /// Whether what the tail decides about logs is repeated too: in the log of an authority it would count.
  var repeatsDecisions = true
  /// What one of these logs repeats already is left out.
  let done: OwnLogs

  /// `first`: the entry after the last common one, which tells the branch.
  ///
  /// - Returns: how many were repeated.
  func repeatEntries(
    _ entries: [[UInt8]], from firstSeq: UInt64, of first: [UInt8], by recorder: Recorder
  ) throws -> Int {
    var count = 0
    let leaf = first.withUnsafeBytes { MerkleTree.leafHash($0) }
    let branch = keepsItems(leaf) ? nil : leaf
    for (index, entry) in entries.enumerated() {
      let address = Address(log: log, seq: firstSeq + UInt64(index))
      guard let event = try? Scorebook_V1_Event(serializedBytes: entry) else { continue }
      guard let repeated = repetition(of: event, entry, at: address, branch: branch) else {
        continue
      }
      guard try !done.repeats(repeated, recorder.appender) else { continue }
      let place = try recorder.append(.forkTailRepeated(repeated))
      try copyTexts(of: event.meaning, from: address, to: place, recorder.appender)
      count += 1
    }
    return count
  }

  /// The tail with the smallest first leaf keeps the item ids that follow from its addresses: every site decides alike.
  private func keepsItems(_ leaf: Digest256) -> Bool {
    proofs.filter { $0.commonSeq == commonSeq }.allSatisfy {
      leaf <= $0.first.leaf && leaf <= $0.second.leaf
    }
  }

  private func repetition(
    of event: Scorebook_V1_Event, _ entry: [UInt8], at address: Address, branch: Digest256?
  ) -> Scorebook_V1_ForkTailRepeated? {
    // What was repeated already stays the repetition of the first one.
    if case .forkTailRepeated(let earlier) = event.body { return earlier }
    guard RepeatedEntry.isRepeated(event), repeatsDecisions || !Self.decides(event) else {
      return nil
    }
    var repeated = Scorebook_V1_ForkTailRepeated()
    repeated.repeats.log = ProtobufBytes.data(address.log.bytes)
    repeated.repeats.seq = address.seq
    repeated.leaf = ProtobufBytes.data(entry.withUnsafeBytes { MerkleTree.leafHash($0) }.bytes)
    repeated.recordedUs = event.recordedUs
    repeated.entry = ProtobufBytes.data(entry)
    repeated.site = site
    repeated.commonSeq = commonSeq
    if let branch { repeated.branch = ProtobufBytes.data(branch.bytes) }
    return repeated
  }

  private static func decides(_ event: Scorebook_V1_Event) -> Bool {
    switch event.body {
    case .siteInvited, .siteEnrolled, .keyRotated, .siteRevoked, .siteRetired, .authorityDelegated,
      .textsWithheld, .hubCertified,
      .authorityReplaced, .clockCorrected, .timeZoneSet, .metricDefinitionPublished:
      true
    default: false  // Collected, not decided.
    }
  }

  /// Texts travel beside the entry that commits to them, so the repetition has copies of its own; but none of an erased
  /// customer. What lies beside an
  /// address is of the branch that the log holds; to an entry of another branch it does not belong. A text that is not
  /// here is asked for, like that of any entry.
  private func copyTexts(
    of event: Scorebook_V1_Event, from old: Address, to new: Address, _ appender: Appender
  ) throws {
    let commitments = TextCommitments(event)
    if let customer = commitments.customer, try appender.isErased(customer) { return }
    guard let source = appender.state.numbers[old.log], let target = appender.state.numbers[new.log]
    else { return }
    for text in try appender.texts.texts(log: source, seq: old.seq)
    where commitments.match(text) {
      try appender.insertText(text, log: target, seq: new.seq)
    }
    for ordinal in commitments.ordinals {
      try appender.texts.noteMissing(log: target, seq: new.seq, ordinal: ordinal)
    }
  }
}
