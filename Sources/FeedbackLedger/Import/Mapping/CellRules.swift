/// Where a code comes from: a column, or a constant.
package struct CodeRule: Decodable, Sendable {
  package enum Source: Sendable {
    case column(ColumnName)
    case constant(String)
  }

  /// What becomes of a code that `values` does not list.
  package enum Otherwise: String, CaseIterable, Sendable { case keep, reject, none }

  package let source: Source
  /// From the source's code to ours; empty: codes stay as they are.
  package let values: [String: String]
  /// Codes that mean "none".
  package let none: Set<String>
  package let otherwise: Otherwise

  private enum Key: String, CodingKey, CaseIterable {
    case column, constant, values, none, otherwise
  }

  package init(column: ColumnName) {
    source = .column(column)
    values = [:]
    none = []
    otherwise = .keep
  }

  package init(from decoder: any Decoder) throws {
    if (try? decoder.singleValueContainer().decode(String.self)) != nil {
      self = CodeRule(column: try ColumnName(from: decoder))
      return
    }
    let keys = try StrictContainer<Key>(decoder)
    if let constant: String = try keys.optional(.constant) {
      source = .constant(constant)
    } else {
      source = .column(try keys.required(.column))
    }
    values = try keys.table(.values)
    none = Set(try keys.list(.none))
    otherwise = try keys.choice(.otherwise) ?? (values.isEmpty ? .keep : .reject)
  }
}

/// Whose row it is.
package struct CustomerRule: Decodable, Sendable {
  package let column: ColumnName
  /// What kind of identifier it is: `email`, `phone`, `household`, …
  package let namespace: String
  /// Codes that mean "anonymous".
  package let none: Set<String>

  private enum Key: String, CodingKey, CaseIterable { case column, namespace, none }

  package init(from decoder: any Decoder) throws {
    let keys = try StrictContainer<Key>(decoder)
    column = try keys.required(.column)
    namespace = try keys.required(.namespace)
    none = Set(try keys.list(.none))
  }
}

/// A text that stays beside the ledger.
package struct TextRule: Decodable, Sendable {
  package enum Field: String, CaseIterable, Sendable { case comment, answer, reason, subject }

  package let column: ColumnName
  package let field: Field
  /// The question that an `answer` answers.
  package let question: String

  private enum Key: String, CodingKey, CaseIterable { case column, field = "as", question }

  package init(from decoder: any Decoder) throws {
    let keys = try StrictContainer<Key>(decoder)
    column = try keys.required(.column)
    field = try keys.choice(.field) ?? .comment
    question = field == .answer ? try keys.required(.question) : ""
  }
}

/// A test of one cell.
package struct Condition: Sendable {
  package enum Cell: Sendable {
    case column(ColumnName)
    /// 1-based; also for rows that have fewer cells than the header.
    case number(Int)
  }

  package let cell: Cell
  package let equals: Set<String>
  package let startsWith: String?
}

/// Rows that are none, such as footers.
package struct SkipRule: Decodable, Sendable {
  package let condition: Condition

  private enum Key: String, CodingKey, CaseIterable { case column, cell, equals, startsWith }

  package init(from decoder: any Decoder) throws {
    let keys = try StrictContainer<Key>(decoder)
    let number: Int? = try keys.optional(.cell)
    if let number, number < 1 { throw keys.refuse("\(number)", at: .cell, expected: "1 or more") }
    let cell: Condition.Cell =
      if let number { .number(number) } else { .column(try keys.required(.column)) }
    condition = Condition(
      cell: cell, equals: Set(try keys.list(.equals)), startsWith: try keys.optional(.startsWith))
    guard keys.has(.equals) != keys.has(.startsWith) else {
      throw ImportRefusal.mapping(
        .kindWrong(expected: "exactly one of equals and startsWith"), at: decoder.codingPath.dotted)
    }
  }
}

/// Rows that are kept and count in no score.
package struct FlagRule: Decodable, Sendable {
  package enum Flag: String, CaseIterable, Sendable { case test, staff, duplicate, spam, excluded }

  package let flag: Flag
  package let condition: Condition

  private enum Key: String, CodingKey, CaseIterable { case flag, column, equals }

  package init(from decoder: any Decoder) throws {
    let keys = try StrictContainer<Key>(decoder)
    guard let flag: Flag = try keys.choice(.flag) else {
      throw ImportRefusal.mapping(.keyMissing("flag"), at: decoder.codingPath.dotted)
    }
    self.flag = flag
    condition = Condition(
      cell: .column(try keys.required(.column)),
      equals: Set(try keys.required(.equals) as [String]),
      startsWith: nil)
  }
}
