import LedgerCore
import LedgerSchema
import LedgerStore
import SwiftProtobuf

/// One import under way.
struct RowImport {
  let ledger: Ledger
  let mappingText: String
  let isDryRun: Bool
  private(set) var report = ImportReport()
  /// In a dry run nothing is recorded, so duplicates inside the file are found here.
  private var seen: [String: String] = [:]

  init(ledger: Ledger, mappingText: String, isDryRun: Bool) {
    self.ledger = ledger
    self.mappingText = mappingText
    self.isDryRun = isDryRun
  }

  /// Stores rows in one transaction, and then says how each ended.
  mutating func take(
    _ rows: [ImportedRow], _ onRow: (ImportedRow, RowResult) throws -> Void
  ) throws {
    guard !rows.isEmpty else { return }
    var copy = self
    let results = try ledger.store.transact(isDryRun: isDryRun, ledger) { recorder in
      try copy.results(of: rows, recorder)
    }
    self = copy
    for (row, result) in zip(rows, results) { try onRow(row, result) }
  }

  /// Records the counts, where the import recorded anything.
  mutating func complete() throws {
    guard let batch = report.batch else { return }
    let report = report
    _ = try ledger.withRecorder { recorder in
      var completed = Scorebook_V1_ImportCompleted()
      completed.rows = UInt64(report.rows)
      completed.accepted = UInt64(report.accepted)
      completed.duplicate = UInt64(report.duplicate)
      completed.conflict = UInt64(report.conflict)
      completed.rejected = UInt64(report.rejected)
      completed.events = UInt64(report.events)
      return try recorder.append(.importCompleted(completed), item: batch)
    }
  }

  /// Rows are taken in order, each as soon as its events are sealed.
  private mutating func results(
    of rows: [ImportedRow], _ recorder: Recorder
  ) throws -> [RowResult] {
    // The batch is named by the event that starts it, which is the next one if any is recorded.
    let batch = report.batch ?? ItemID(openedAt: recorder.nextAddress)
    let stamped = recorder.stamped(rows.flatMap(\.drafts), batch: batch)
    var results: [RowResult] = []
    var sealed: [DraftSealing.Outcome] = []
    func finishRows() throws {
      while results.count < rows.count, rows[results.count].drafts.count <= sealed.count {
        let row = rows[results.count]
        let own = Array(sealed.prefix(row.drafts.count))
        sealed.removeFirst(own.count)
        results.append(try result(of: row, own, recorder))
      }
    }
    try finishRows()
    try DraftSealing.forEach(stamped, sealer: recorder.sealer, draft: { $0 }) { outcome in
      sealed.append(outcome)
      try finishRows()
    }
    return results
  }

  private mutating func result(
    of row: ImportedRow, _ sealed: [DraftSealing.Outcome], _ recorder: Recorder
  ) throws -> RowResult {
    report.rows += 1
    switch row.outcome {
    case .skipped(let reason):
      report.skipped += 1
      return .skipped(reason.description)
    case .rejected(let reason):
      report.rejected += 1
      return .rejected(reason.description)
    case .drafts(let drafts):
      return try store(drafts, sealed, recorder)
    }
  }

  /// A row is stored whole or not at all: what any of its events would be refused for refuses the row.
  private mutating func store(
    _ drafts: [EventDraft], _ sealed: [DraftSealing.Outcome], _ recorder: Recorder
  ) throws -> RowResult {
    var fresh: [(EventDraft, SealedDraft)] = []
    var hasConflict = false
    for (draft, outcome) in zip(drafts, sealed) {
      switch try finding(draft, outcome, recorder) {
      case .fresh(let sealed): fresh.append((draft, sealed))
      case .known: continue
      case .conflict: hasConflict = true
      case .refused(let reason):
        report.rejected += 1
        return .rejected(reason)
      }
    }
    if hasConflict {
      report.conflict += 1
      return .conflict
    }
    if fresh.isEmpty, !drafts.isEmpty {
      report.duplicate += 1
      return .duplicate
    }
    report.accepted += 1
    report.events += fresh.count
    for (draft, sealed) in fresh { try record(draft, sealed, recorder) }
    return .accepted
  }

  /// What is to be done with one event of a row.
  private enum Finding {
    case fresh(SealedDraft)
    case known
    case conflict
    case refused(String)
  }

  private func finding(
    _ draft: EventDraft, _ outcome: DraftSealing.Outcome, _ recorder: Recorder
  ) throws -> Finding {
    let sealed: SealedDraft
    switch outcome {
    case .failure(let refusal): return .refused(refusal.description)
    case .success(let success): sealed = success
    }
    switch try known(draft) ?? recorder.knownOutcome(of: sealed) {
    case nil: return .fresh(sealed)
    case .duplicate, .recorded: return .known
    case .conflict: return .conflict
    case .erased: return .refused("the customer was erased and is not taken back")
    case .refused(let refusal): return .refused(refusal.description)
    }
  }

  private mutating func record(
    _ draft: EventDraft, _ sealed: SealedDraft, _ recorder: Recorder
  ) throws {
    guard !isDryRun else {
      if let source = draft.source { seen[Self.key(source)] = source.content }
      return
    }
    if report.batch == nil { report.batch = try startBatch(recorder) }
    _ = try recorder.append(sealed)
  }

  private func known(_ draft: EventDraft) -> RecordOutcome? {
    guard isDryRun, let source = draft.source, let content = seen[Self.key(source)] else {
      return nil
    }
    return content == source.content ? .duplicate : .conflict
  }

  /// The batch starts with the first row that is recorded, so an import that adds nothing leaves no trace.
  private func startBatch(_ recorder: Recorder) throws -> ItemID {
    var started = Scorebook_V1_ImportStarted()
    started.mappingDigest = ProtobufBytes.data(Digest256(hashing: Array(mappingText.utf8)).bytes)
    return ItemID(openedAt: try recorder.append(.importStarted(started)))
  }

  private static func key(_ source: EventDraft.Source) -> String {
    [source.system, source.externalID, source.part, source.revision].joined(separator: "\u{1F}")
  }
}

extension ImportedRow {
  /// The events that the row becomes; none for a row that is skipped or rejected.
  fileprivate var drafts: [EventDraft] {
    if case .drafts(let drafts) = outcome { return drafts }
    return []
  }
}
