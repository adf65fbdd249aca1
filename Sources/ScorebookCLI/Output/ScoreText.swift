import FeedbackLedger
import LedgerCore

/// A score table for people.
struct ScoreText {
  private let table: ScoreTable
  private let question: Question

  /// What was asked for, in the words it was asked with.
  struct Question {
    let cut: String
    let window: WindowOptions
  }

  init(_ table: ScoreTable, _ question: Question) {
    self.table = table
    self.question = question
  }

  var text: String {
    ([grid.text, ""] + footer).joined(separator: "\n")
  }

  /// What stands for a missing value.
  static let none = "–"

  private var grid: AlignedColumns {
    var columns: [(title: String, side: AlignedColumns.Side)] = table.request.groupings.map {
      (title: $0.word, side: .left)
    }
    columns += [
      (title: table.definition.id, side: .right), (title: "interval", side: .right),
      (title: "n", side: .right),
    ]
    var grid = AlignedColumns(columns)
    for row in table.rows { grid.add(cells(row)) }
    return grid
  }

  private func cells(_ row: ScoreTable.Row) -> [String] {
    let score = row.score
    let group = row.group.map { $0.isEmpty ? Self.none : $0 }
    let value = score.value == nil ? Self.none : score.text()
    let interval = score.low == nil ? Self.none : "[\(score.lowText()), \(score.highText())]"
    return group + [value, interval, "\(score.n)\(score.isBelowStability ? "*" : "")"]
  }

  private var footer: [String] {
    let definition = table.definition
    var lines = [
      "\(definition.title), in \(definition.unit.rawValue); \(definition.polarity.rawValue)"
        + "; version \(definition.version)"
        + (table.rows.contains { $0.score.low != nil } ? "; 95 % interval" : ""),
      "\(window); days in \(table.timeZone)", "cut \(table.digest.short) (\(question.cut))",
    ]
    if table.rows.contains(where: \.score.isBelowStability) {
      lines.append("* fewer than \(definition.minimumCount): not stable")
    }
    lines += notes
    lines += table.warnings.map { "warning: \($0.sentence)" }
    return lines
  }

  private var window: String {
    let bounds = [question.window.from.map { "from \($0)" }, question.window.to.map { "to \($0)" }]
    let words = bounds.compactMap(\.self)
    let filters = table.request.filters.map { "where \($0.key)=\($0.value)" }
    return ((words.isEmpty ? ["all time"] : words) + filters).joined(separator: " ")
  }

  /// Each once, with the groups it is said of.
  private var notes: [String] {
    table.rows.flatMap { row in
      row.score.notes.map { note in
        let group = row.group.filter { !$0.isEmpty }.joined(separator: ", ")
        return "note: \(note)" + (group.isEmpty ? "" : " (\(AlignedColumns.printable(group)))")
      }
    }
  }
}
