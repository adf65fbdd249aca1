import LedgerCore
package import LedgerSchema
import LedgerStore
import LedgerSync
import SwiftProtobuf

/// A batch whose entries are decoded, hashed and projected: the half of taking it in that needs no ledger, and that
/// another core does.
package struct PreparedBatch: Sendable {
  /// Consecutive entries of one log.
  struct Run: Sendable {
    var log: LogID
    var firstSeq: UInt64
    var entries: [Entry]
  }

  struct Entry: Sendable {
    var bytes: [UInt8]
    var leaf: Digest256
    /// Nil where the bytes are no event.
    var prepared: PreparedEntry?
  }

  /// In the sender's order: so every prefix is causally closed.
  let runs: [Run]
  let proofs: [Scorebook_V1_HeadProof]
  let texts: [Scorebook_V1_DetachedText]
  /// The first event of the ledger, where it is here.
  let genesis: Scorebook_V1_LogStarted?
  let replaced: [Scorebook_V1_AuthorityReplaced]
  /// Of what may lie prepared at the same time.
  var share: Allowance.Share?

  var count: Int { runs.reduce(0) { $0 + $1.entries.count } }
}

/// Prepares the batches of one session, in order.
package struct BatchPreparer: Sendable {
  private let ledger: Digest256
  private let zone: ZoneOffsets
  /// Each log's site as its first event names it: of those held, and of those that the session has brought so far.
  private var sites: [LogID: String]

  package init(_ ledger: Ledger) throws {
    self.ledger = ledger.identity.ledger
    zone = ledger.store.zone
    sites = try ledger.store.read { _, state in
      Dictionary(uniqueKeysWithValues: state.logs.map { ($0.id, $0.site) })
    }
  }

  /// - Throws: `SyncRefusal` for a batch that is too large, or a run without log, seq or entries.
  package mutating func prepare(_ batch: Scorebook_V1_Batch) throws(SyncRefusal) -> PreparedBatch {
    let count = batch.runs.reduce(0) { $0 + $1.entries.count }
    guard count <= SyncLimits.batchEventsMax else {
      throw .tooMany(what: "events in a batch", got: count, limit: SyncLimits.batchEventsMax)
    }
    var runs: [PreparedBatch.Run] = []
    for run in batch.runs {
      guard let log = LogID(bytes: run.log), run.firstSeq > 0,
        run.firstSeq <= UInt64(UInt32.max), !run.entries.isEmpty
      else { throw .malformed("a run without log, seq or entries") }
      var entries: [PreparedBatch.Entry] = []
      entries.reserveCapacity(run.entries.count)
      for (index, data) in run.entries.enumerated() {
        let isFirst = run.firstSeq + UInt64(index) == 1
        entries.append(entry(ProtobufBytes.array(data), log: log, startsLog: isFirst))
      }
      runs.append(PreparedBatch.Run(log: log, firstSeq: run.firstSeq, entries: entries))
    }
    let events = runs.lazy.flatMap(\.entries).compactMap { $0.prepared?.event }
    return PreparedBatch(
      runs: runs, proofs: batch.proofs, texts: batch.texts, genesis: genesis(in: runs),
      replaced: events.compactMap(\.replacement))
  }

  private func genesis(in runs: [PreparedBatch.Run]) -> Scorebook_V1_LogStarted? {
    for run in runs where run.firstSeq == 1 {
      guard let first = run.entries.first,
        case .logStarted(let start) = first.prepared?.event?.body,
        Digest256(hashing: first.bytes) == ledger
      else { continue }
      return start
    }
    return nil
  }

  private mutating func entry(
    _ bytes: [UInt8], log: LogID, startsLog: Bool
  ) -> PreparedBatch.Entry {
    guard let event = try? Scorebook_V1_Event(serializedBytes: bytes),
      EventValidation.isSound(event, entryBytes: bytes.count)
    else {
      return PreparedBatch.Entry(bytes: bytes, leaf: MerkleTree.leafHash(bytes), prepared: nil)
    }
    if startsLog, sites[log] == nil, case .logStarted(let start) = event.body {
      sites[log] = start.site
    }
    let prepared = PreparedEntry(bytes, event: event, site: sites[log] ?? "", zone: zone)
    return PreparedBatch.Entry(bytes: bytes, leaf: prepared.leaf, prepared: prepared)
  }
}

extension Scorebook_V1_Event {
  fileprivate var replacement: Scorebook_V1_AuthorityReplaced? {
    guard case .authorityReplaced(let replaced) = body else { return nil }
    return replaced
  }
}
