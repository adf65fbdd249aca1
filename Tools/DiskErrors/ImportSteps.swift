import FeedbackLedger
import LedgerCore
import LedgerSchema
import TestSupport

/// The import of a small file, its repetition, and one that is taken back.
enum ImportSteps {
  static let all: [Scenario.Step] = [
    { ledger, _ in _ = try read(1...60, into: ledger) },
    { ledger, _ in _ = try read(1...60, into: ledger) },
    { ledger, _ in
      let batch = try read(61...90, into: ledger).batch
      if let batch { _ = try ledger.voidImport(batch) }
    },
  ]

  private static let mapping = """
    source: shop
    rows: survey
    id: id
    occurred: {column: day, format: "yyyy-MM-dd", zone: UTC, precision: day}
    customer: {column: member, namespace: member}
    survey:
      id: shop
      questions:
        - {id: recommend, column: q, metric: nps, scale: [0, 10]}
    """

  private static func read(
    _ numbers: ClosedRange<Int>, into ledger: Ledger
  ) throws -> ImportReport {
    let lines = numbers.map { "\($0),2026-02-0\($0 % 9 + 1),\($0 % 11),m\($0 % 7)" }
    var rest = Array((["id,day,q,member"] + lines).joined(separator: "\n").utf8)[...]
    let source = ByteSource { count in
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    var rows = try ImportRows(source, mapping: Mapping(yaml: mapping))
    return try ledger.importRows(&rows, mappingText: mapping)
  }

  static func customer(_ address: String) -> EventDraft.Customer {
    .identifier(namespace: "email", value: address)
  }

  /// An answer with a comment.
  static func draft(of address: String) -> EventDraft {
    var draft = EventDraft(Bodies.response([Bodies.nps(3)]))
    draft.customer = customer(address)
    draft.texts = [EventDraft.Text(field: .comment, text: "the queue was long")]
    return draft
  }
}
