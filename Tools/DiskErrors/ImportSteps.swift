import FeedbackLedger
import LedgerCore
import LedgerSchema
import TestSupport

/// The import of a small file, its repetition, and one that is taken back.
enum ImportSteps {
  static let all: [Scenario.Step] = [
    { ledger, _ in try ShopRows.read(ShopRows.rows(1...60), into: ledger) },
    { ledger, _ in try ShopRows.read(ShopRows.rows(1...60), into: ledger) },
    { ledger, _ in
      let batch = try ShopRows.read(ShopRows.rows(61...90), into: ledger).batch
      if let batch { _ = try ledger.voidImport(batch) }
    },
  ]

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
