/// What a row comes to before the ledger has seen it.
public enum RowOutcome: Sendable {
  /// The events the row claims. None where it is in order and tells nothing new: a log row that
  /// repeats its ticket's state, a loyalty line without a whole point.
  case drafts([EventDraft])
  case skipped(Reason)
  case rejected(Reason)
}

/// What the reader of an import report should know of a row that was taken in.
public enum RowNote: Hashable, Sendable {
  /// Clocks went forward at that time, so it does not exist; it was taken as much later as the
  /// change is long. The events carry it in `Source.conflicts`.
  case localTimeSkipped(column: String)
}

extension RowNote: CustomStringConvertible {
  /// One sentence.
  public var description: String {
    switch self {
    case .localTimeSkipped(let column):
      "Column \"\(column)\" holds a local time that a clock change skipped; taken as after it."
    }
  }
}

/// One row of a file and what it comes to.
public struct ImportedRow: Sendable {
  /// The row's place and bytes in the file. See ``DelimitedRow`` on keeping it.
  public let row: DelimitedRow
  /// What the row comes to.
  public let outcome: RowOutcome
  /// What to report beside it.
  public let notes: [RowNote]

  /// As a spreadsheet counts: the first row of the file, a header as a rule, is 1.
  public var number: Int { row.number }
}
