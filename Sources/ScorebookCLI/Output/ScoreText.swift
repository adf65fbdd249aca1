import FeedbackLedger
import LedgerCore

/// A score table for people.
struct ScoreText {
  private let table: ScoreTable
  private let cut: String

  init(_ table: ScoreTable, cut: String) {
    self.table = table
    self.cut = cut
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
      "\(definition.title), in \(definition.unit.rawValue); \(definition.polarity.rawValue); 95 % interval",
      "\(window); days in \(table.timeZone)", "cut \(table.digest.short) (\(cut))",
    ]
    if table.rows.contains(where: \.score.isBelowStability) {
      lines.append("* fewer than \(definition.minimumCount): not stable")
    }
    lines += notes
    lines += table.warnings.map { "warning: \($0.sentence)" }
    return lines
  }

  private var window: String {
    let request = table.request
    let filters = request.filters.map { " where \($0.key)=\($0.value)" }.joined()
    switch (request.from, request.to) {
    case (nil, nil): return "all time" + filters
    case (let from, let to):
      return [from.map { "from \(time($0))" }, to.map { "to before \(time($0))" }]
        .compactMap(\.self).joined(separator: " ") + filters
    }
  }

  private func time(_ instant: Instant) -> String {
    RFC3339.text(instant) ?? "\(instant.microseconds) µs"
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
