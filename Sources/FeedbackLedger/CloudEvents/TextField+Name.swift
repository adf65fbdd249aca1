import LedgerSchema

extension Scorebook_V1_Detached.Field {
  /// The fields that a line can name, in the words it names them with.
  static let named: [String: Self] = [
    "comment": .comment, "answer": .answer, "reason": .reason, "quote": .quote,
    "source-row": .sourceRow, "display-name": .displayName, "identifier": .identifier,
    "subject-line": .subjectLine,
  ]

  /// Nil for a field that only a newer program knows.
  var name: String? {
    switch self {
    case .comment: "comment"
    case .answer: "answer"
    case .reason: "reason"
    case .quote: "quote"
    case .sourceRow: "source-row"
    case .displayName: "display-name"
    case .identifier: "identifier"
    case .subjectLine: "subject-line"
    case .unspecified, .UNRECOGNIZED: nil
    }
  }
}
