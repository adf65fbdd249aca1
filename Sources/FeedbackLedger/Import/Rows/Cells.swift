import LedgerCore

/// What binding a mapping to a header needs and leaves behind.
struct Binder {
  let header: Header
  var zones = ZoneCache()
  /// The columns that the mapping reads, for the content of a row.
  private(set) var read: Set<Int> = []

  init(header: Header) {
    self.header = header
  }

  mutating func index(of column: ColumnName) throws(ImportRefusal) -> Int {
    let index = try header.index(of: column)
    read.insert(index)
    return index
  }

  mutating func matches(
    of pattern: String, at path: String
  ) throws(ImportRefusal) -> [(Int, [Substring])] {
    let matches = try header.matches(of: pattern, at: path)
    read.formUnion(matches.map(\.0))
    return matches
  }

  mutating func time(_ rule: TimeRule) throws(ImportRefusal) -> TimeCell {
    try TimeCell(rule, &self)
  }
}

/// Reads a code, and translates it.
struct CodeCell {
  private enum Source {
    case column(Int, name: String)
    case constant(String)
  }

  private let source: Source
  private let rule: CodeRule

  init(_ rule: CodeRule, _ binder: inout Binder) throws(ImportRefusal) {
    self.rule = rule
    source =
      switch rule.source {
      case .column(let column): .column(try binder.index(of: column), name: column.name)
      case .constant(let value): .constant(value)
      }
  }

  /// Nil where the row has none.
  func read(_ row: DelimitedRow) throws(Reason) -> String? {
    switch source {
    case .constant(let value): return value
    case .column(let index, let name):
      let code = row.code(index)
      if code.isEmpty && rule.values[""] == nil || rule.none.contains(code) { return nil }
      if let value = rule.values[code] { return value }
      switch rule.otherwise {
      case .keep:
        guard code.isPrintable else { throw .cell(.controlCharacter, column: name) }
        return code
      case .none: return nil
      case .reject: throw .cell(.codeUnknown, column: name)
      }
    }
  }
}

/// Reads a code that means one of our words.
struct ChoiceCell<Choice: Sendable> {
  private let index: Int
  private let name: String
  private let values: [String: Choice]

  init(
    _ column: ColumnName, values: [String: Choice], _ binder: inout Binder
  ) throws(ImportRefusal) {
    index = try binder.index(of: column)
    name = column.name
    self.values = values
  }

  func read(_ row: DelimitedRow) throws(Reason) -> Choice {
    let code = row.code(index)
    if let choice = values[code] { return choice }
    throw .cell(code.isEmpty ? .missing : .codeUnknown, column: name)
  }
}

/// Reads a count: a whole number from 0 to 10^9.
struct CountCell {
  private let index: Int
  private let name: String

  init(_ column: ColumnName, _ binder: inout Binder) throws(ImportRefusal) {
    index = try binder.index(of: column)
    name = column.name
  }

  /// Nil for an empty cell.
  func read(_ row: DelimitedRow) throws(Reason) -> Int? {
    let code = row.code(index)
    if code.isEmpty { return nil }
    guard let count = Int(code) else { throw .cell(.notNumber, column: name) }
    guard count >= 0 else { throw .cell(.negative, column: name) }
    guard count <= 1_000_000_000 else { throw .cell(.tooLarge, column: name) }
    return count
  }
}

/// Tests a cell.
struct ConditionCell {
  private let index: Int
  private let condition: Condition

  init(_ condition: Condition, _ binder: inout Binder) throws(ImportRefusal) {
    self.condition = condition
    index =
      switch condition.cell {
      case .column(let column): try binder.index(of: column)
      case .number(let number): number - 1
      }
  }

  /// False where the row is too short to have the cell.
  func holds(in row: DelimitedRow) -> Bool {
    guard index < row.count else { return false }
    let code = row.code(index)
    return condition.equals.contains(code) || condition.startsWith.map(code.hasPrefix) ?? false
  }
}

extension String {
  /// No control characters of ASCII: such a code is a slip, and would break the lines that show it.
  var isPrintable: Bool {
    utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
  }
}
