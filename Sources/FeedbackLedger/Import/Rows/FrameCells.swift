import Crypto
import LedgerCore
import LedgerSchema

/// Reads the part of a row that all kinds of rows share.
struct FrameCells {
  private enum RowID {
    case columns([(index: Int, name: String)])
    case content
  }

  private let source: String
  private let id: RowID
  private let revision: Int?
  private let customer: (rule: CustomerRule, index: Int)?
  private let labels: [(key: String, cell: CodeCell)]
  private let texts: [(rule: TextRule, index: Int)]
  private let flags: [(flag: String, cell: ConditionCell)]

  init(_ mapping: Mapping, _ binder: inout Binder) throws(ImportRefusal) {
    source = mapping.source
    id = try Self.id(mapping.id, &binder)
    revision = if let column = mapping.revision { try binder.index(of: column) } else { nil }
    if let rule = mapping.customer {
      customer = (rule, try binder.index(of: rule.column))
    } else {
      customer = nil
    }
    var labels: [(key: String, cell: CodeCell)] = []
    for (key, rule) in mapping.labels { labels.append((key, try CodeCell(rule, &binder))) }
    if let rule = mapping.site { labels.append(("site", try CodeCell(rule, &binder))) }
    self.labels = labels.sorted { $0.key < $1.key }
    var texts: [(rule: TextRule, index: Int)] = []
    for rule in mapping.texts { texts.append((rule, try binder.index(of: rule.column))) }
    self.texts = texts
    var flags: [(flag: String, cell: ConditionCell)] = []
    for rule in mapping.flags {
      flags.append((rule.flag.rawValue, try ConditionCell(rule.condition, &binder)))
    }
    self.flags = flags
  }

  /// The shared part of a row; `content` is what the row says, see ``RowContent``.
  func read(_ row: DelimitedRow, content: String) throws(Reason) -> RowFrame {
    RowFrame(
      source: source, id: try id(of: row, content: content),
      revision: revision.map(row.code) ?? "", content: content, customer: customer(of: row),
      labels: try labels(of: row), texts: texts(of: row),
      flags: flags.filter { $0.cell.holds(in: row) }.map(\.flag))
  }

  /// The questions that the row answers in words.
  func textQuestions(of row: DelimitedRow) -> [String] {
    texts.filter { $0.rule.field == .answer && !row.isEmpty($0.index) }.map(\.rule.question)
  }

  private static func id(
    _ id: Mapping.RowID, _ binder: inout Binder
  ) throws(ImportRefusal) -> RowID {
    switch id {
    case .content: return .content
    case .columns(let names):
      var columns: [(index: Int, name: String)] = []
      for name in names { columns.append((try binder.index(of: name), name.name)) }
      return .columns(columns)
    }
  }

  private func id(of row: DelimitedRow, content: String) throws(Reason) -> String {
    switch id {
    case .content:
      let digest = SHA256.hash(data: Array(content.utf8))
      return digest.prefix(16).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
        .joined()
    case .columns(let columns):
      var parts: [String] = []
      for column in columns {
        let part = row.code(column.index)
        guard !part.isEmpty else { throw .cell(.missing, column: column.name) }
        guard part.isPrintable else { throw .cell(.controlCharacter, column: column.name) }
        // The separator cannot stand in a part, so that a|b and c never become the id of a and b|c.
        parts.append(columns.count == 1 ? part : part.replacing("|", with: "||"))
      }
      let id = parts.count == 1 ? parts[0] : parts.joined(separator: "|")
      guard id.utf8.count <= ImportLimits.idBytesMax else { throw .idTooLong(bytes: id.utf8.count) }
      return id
    }
  }

  private func customer(of row: DelimitedRow) -> EventDraft.Customer? {
    guard let customer else { return nil }
    let value = row.code(customer.index)
    if value.isEmpty || customer.rule.none.contains(value) { return nil }
    return .identifier(namespace: customer.rule.namespace, value: value)
  }

  private func labels(of row: DelimitedRow) throws(Reason) -> [String: String] {
    var values: [String: String] = [:]
    for (key, cell) in labels {
      guard let value = try cell.read(row), !value.isEmpty else { continue }
      guard value.utf8.count <= ImportLimits.labelBytesMax else {
        throw .labelTooLong(key: key, bytes: value.utf8.count)
      }
      values[key] = value
    }
    return values
  }

  private func texts(of row: DelimitedRow) -> [EventDraft.Text] {
    texts.compactMap { rule, index in
      row.isEmpty(index)
        ? nil
        : EventDraft.Text(field: rule.field.detached, name: rule.question, text: row.text(index))
    }
  }
}

extension TextRule.Field {
  fileprivate var detached: Scorebook_V1_Detached.Field {
    switch self {
    case .comment: .comment
    case .answer: .answer
    case .reason: .reason
    case .subject: .subjectLine
    }
  }
}
