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
    if importing.report.batch != nil { try store.checkpointIfUnread() }
    return importing.report
  }

  /// Makes a whole import batch count nothing from here on. What was counted before stays rebuildable.
  public func voidImport(_ batch: ItemID, reason: String = "") throws -> Address {
    try withRecorder { recorder in
      guard recorder.appender.state.fold.vocabulary.batches.existingNumber(of: batch) != nil else {
        throw LedgerError.unknownBatch(batch)
      }
      var voided = Scorebook_V1_ImportVoided()
      voided.reasonCode = reason
      return try recorder.append(.importVoided(voided), item: batch)
    }
  }
}
