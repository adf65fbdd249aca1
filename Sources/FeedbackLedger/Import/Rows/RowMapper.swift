public import LedgerCore

/// Turns the rows of one file into events, by a mapping that is bound to the file's header.
///
/// Rows are told apart whole: an answer outside its scale rejects the row, not the answer. What is
/// rejected leaves no trace in what later rows are compared with.
public struct RowMapper {
  private enum Rows {
    case survey(SurveyRows)
    case ticketSnapshot(TicketSnapshotRows)
    case ticketLog(TicketLogRows)
    case loyalty(LoyaltyRows)
  }

  private let columnCount: Int
  private let skip: [ConditionCell]
  private let frame: FrameCells
  private let content: RowContent
  private let rows: Rows
  private var memory: RowMemory

  /// Binds the mapping to the header rows, as many as it says.
  ///
  /// `trackedKeysMax`: of so many tickets and groups it is kept in mind where they stand; rows of more are rejected.
  /// - Throws: What of the mapping the header does not have.
  public init(
    _ mapping: Mapping, header: [DelimitedRow], trackedKeysMax: Int = ImportLimits.trackedKeysMax
  ) throws(ImportRefusal) {
    memory = RowMemory(keysMax: trackedKeysMax)
    guard header.count >= mapping.header.rows else {
      throw .file(.headerIncomplete(rows: header.count, expected: mapping.header.rows))
    }
    let names = Header(header, layout: mapping.header)
    columnCount = names.names.count
    var binder = Binder(header: names)
    var skip: [ConditionCell] = []
    for rule in mapping.skip { skip.append(try ConditionCell(rule.condition, &binder)) }
    self.skip = skip
    frame = try FrameCells(mapping, &binder)
    rows = try Self.bind(mapping, &binder)
    content = RowContent(binder)
  }

  /// What the row comes to, and what to note beside it.
  public mutating func map(_ row: DelimitedRow) -> (outcome: RowOutcome, notes: [RowNote]) {
    if let problem = row.problem { return (.rejected(.malformed(problem)), []) }
    if row.isBlank { return (.skipped(.blank), []) }
    if let rule = skip.firstIndex(where: { $0.holds(in: row) }) {
      return (.skipped(.skipRule(rule + 1)), [])
    }
    guard isComplete(row) else {
      return (.rejected(.columnCount(row.count, expected: columnCount)), [])
    }
    do throws(Reason) {
      var frame = try frame.read(row, content: content.read(row))
      return (.drafts(try drafts(row, &frame)), frame.notes)
    } catch {
      return (.rejected(error), [])
    }
  }

  private mutating func drafts(
    _ row: DelimitedRow, _ frame: inout RowFrame
  ) throws(Reason) -> [EventDraft] {
    switch rows {
    case .survey(let survey):
      return try survey.drafts(row, &frame, textQuestions: self.frame.textQuestions(of: row))
    case .ticketSnapshot(let snapshot): return try snapshot.drafts(row, &frame)
    case .ticketLog(let log): return try log.drafts(row, &frame, &memory)
    case .loyalty(let loyalty): return try loyalty.drafts(row, &frame, &memory)
    }
  }

  /// Spare cells at the end are no harm as long as they are empty.
  private func isComplete(_ row: DelimitedRow) -> Bool {
    row.count >= columnCount && (columnCount..<row.count).allSatisfy(row.isEmpty)
  }

  private static func bind(
    _ mapping: Mapping, _ binder: inout Binder
  ) throws(ImportRefusal) -> Rows {
    switch mapping.rows {
    case .survey(let rules): .survey(try SurveyRows(rules, of: mapping, &binder))
    case .ticketSnapshot(let rules):
      .ticketSnapshot(try TicketSnapshotRows(rules, occurred: mapping.occurred, &binder))
    case .ticketLog(let rules): .ticketLog(try TicketLogRows(rules, of: mapping, &binder))
    case .loyalty(let rules): .loyalty(try LoyaltyRows(rules, of: mapping, &binder))
    }
  }
}

extension Mapping {
  /// Decoding has seen to it that all but ticket snapshots have one.
  var requiredOccurred: TimeRule {
    get throws(ImportRefusal) {
      guard let occurred else { throw .mapping(.keyMissing("occurred"), at: "") }
      return occurred
    }
  }
}
