import Crypto
import Foundation
public import LedgerCore
import LedgerSchema

/// What an import did, or, in a dry run, would do.
public struct ImportReport: Sendable {
  /// Rows read, header rows left out.
  public var rows = 0
  /// Rows stored whole.
  public var accepted = 0
  /// Rows that are here already with the same content.
  public var duplicate = 0
  /// Rows that are here with other content; not stored.
  public var conflict = 0
  /// Rows that cannot be read or may not be stored.
  public var rejected = 0
  /// Blank rows and footers.
  public var skipped = 0
  /// Events recorded for the accepted rows.
  public var events = 0
  /// Names the batch, for voiding it; nil when nothing was recorded.
  public var batch: ItemID?
}

/// How a row ended.
public enum RowResult: Sendable {
  case accepted
  case duplicate
  case conflict
  case skipped(String)
  case rejected(String)
}

extension Ledger {
  /// Rows that are stored in one transaction.
  private static let rowsPerTransaction = 2_000

  /// Imports the rows of a file. One bad row stops none of the others; a row is stored whole or not at all.
  ///
  /// `mappingText`: the mapping as written; its digest is recorded with the batch.
  /// `isDryRun`: reads and checks everything, records nothing.
  /// `onRow`: called for each row in order; `row.row.raw` is what a file of rejected rows needs.
  /// - Throws: `ImportRefusal` for a file or mapping that cannot be read at all; `StoreError`.
  public func importRows(
    _ rows: inout ImportRows, mappingText: String, isDryRun: Bool = false,
    onRow: (ImportedRow, RowResult) throws -> Void = { _, _ in }
  ) throws -> ImportReport {
    var importing = RowImport(ledger: self, mappingText: mappingText, isDryRun: isDryRun)
    var waiting: [ImportedRow] = []
    while let row = try rows.next() {
      waiting.append(row)
      if waiting.count == Self.rowsPerTransaction {
        try importing.take(waiting, onRow)
        waiting.removeAll(keepingCapacity: true)
      }
    }
    try importing.take(waiting, onRow)
    try importing.complete()
    if importing.report.batch != nil { try store.checkpoint() }
    return importing.report
  }

  /// Makes a whole import batch count nothing from here on. What was counted before stays rebuildable.
  public func voidImport(_ batch: ItemID, reason: String = "") throws -> Address {
    try withRecorder { recorder in
      var voided = Scorebook_V1_ImportVoided()
      voided.reasonCode = reason
      return try recorder.append(.importVoided(voided), item: batch)
    }
  }
}

/// One import under way.
private struct RowImport {
  let ledger: Ledger
  let mappingText: String
  let isDryRun: Bool
  var report = ImportReport()
  /// In a dry run nothing is recorded, so duplicates inside the file are found here.
  private var seen: [String: String] = [:]

  init(ledger: Ledger, mappingText: String, isDryRun: Bool) {
    self.ledger = ledger
    self.mappingText = mappingText
    self.isDryRun = isDryRun
  }

  mutating func take(
    _ rows: [ImportedRow], _ onRow: (ImportedRow, RowResult) throws -> Void
  ) throws {
    guard !rows.isEmpty else { return }
    var copy = self
    let results = try ledger.store.transact(isDryRun: isDryRun, ledger) { recorder in
      try rows.map { try copy.result(of: $0, recorder) }
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

  private mutating func result(of row: ImportedRow, _ recorder: Recorder) throws -> RowResult {
    report.rows += 1
    switch row.outcome {
    case .skipped(let reason):
      report.skipped += 1
      return .skipped(reason.description)
    case .rejected(let reason):
      report.rejected += 1
      return .rejected(reason.description)
    case .drafts(let drafts):
      return try store(drafts, recorder)
    }
  }

  /// A row is stored whole or not at all: what any of its events would be refused for refuses the row.
  private mutating func store(_ drafts: [EventDraft], _ recorder: Recorder) throws -> RowResult {
    var fresh: [EventDraft] = []
    var hasConflict = false
    for draft in drafts {
      switch try known(draft) ?? recorder.outcome(of: draft) {
      case nil: fresh.append(draft)
      case .duplicate, .recorded: continue
      case .conflict: hasConflict = true
      case .erased:
        report.rejected += 1
        return .rejected("the customer was erased and is not taken back")
      case .refused(let refusal):
        report.rejected += 1
        return .rejected(refusal.description)
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
    for draft in fresh { try record(draft, recorder) }
    return .accepted
  }

  private mutating func record(_ draft: EventDraft, _ recorder: Recorder) throws {
    guard !isDryRun else {
      if let source = draft.source { seen[Self.key(source)] = source.content }
      return
    }
    _ = try recorder.record(draft, batch: try batch(recorder))
  }

  private func known(_ draft: EventDraft) -> RecordOutcome? {
    guard isDryRun, let source = draft.source, let content = seen[Self.key(source)] else {
      return nil
    }
    return content == source.content ? .duplicate : .conflict
  }

  /// The batch starts with the first row that is recorded, so an import that adds nothing leaves no trace.
  private mutating func batch(_ recorder: Recorder) throws -> ItemID {
    if let batch = report.batch { return batch }
    var started = Scorebook_V1_ImportStarted()
    started.mappingDigest = ProtobufBytes.data(Digest256(hashing: Array(mappingText.utf8)).bytes)
    let address = try recorder.append(.importStarted(started))
    let batch = ItemID(openedAt: address)
    report.batch = batch
    return batch
  }

  private static func key(_ source: EventDraft.Source) -> String {
    [source.system, source.externalID, source.part, source.revision].joined(separator: "\u{1F}")
  }
}
