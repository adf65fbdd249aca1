import FeedbackLedger
import Foundation
import LedgerCore

/// A score table for programs: numbers are not rounded, and nothing depends on the reader's language.
enum ScoreRecords {
  static func csv(_ table: ScoreTable) -> Data {
    let groups = table.request.groupings.map { DelimitedText.Cell.text($0.word) }
    let header = ["metric", "value", "low", "high", "n", "cut"].map { DelimitedText.Cell.text($0) }
    let rows = table.rows.map { row in
      let score = row.score
      let numbers = [score.value, score.low, score.high].map { number in
        DelimitedText.Cell.number(number.map { JSONValue.shortest($0) } ?? "")
      }
      return row.group.map { DelimitedText.Cell.text($0) } + [.text(table.definition.id)] + numbers
        + [.number(String(score.n)), .text(table.digest.short)]
    }
    return Data(DelimitedText.text([groups + header] + rows).utf8)
  }

  /// The keys are the same for every metric; what is absent is null or empty.
  static func json(
    _ table: ScoreTable, cut: String, publication: Address? = nil
  ) -> JSONValue {
    let request = table.request
    let filters = request.filters.map { ($0.key, JSONValue.string($0.value)) }
    return .object([
      ("metric", .string(table.definition.id)),
      ("version", .integer(Int64(table.definition.version))),
      ("title", .string(table.definition.title)), ("unit", .string(table.definition.unit.rawValue)),
      ("polarity", .string(table.definition.polarity.rawValue)),
      ("from", .optional(request.from.flatMap { RFC3339.text($0) })),
      ("to", .optional(request.to.flatMap { RFC3339.text($0) })),
      ("timeZone", .string(table.timeZone)), ("where", .object(filters)),
      ("by", .array(request.groupings.map { .string($0.word) })), ("at", .string(cut)),
      ("digest", .string(table.digest.description)), ("clock", clock(table.clock)),
      ("publication", .optional(publication?.description)),
      ("rows", .array(table.rows.map { row($0, table.request.groupings) })),
      ("warnings", .array(table.warnings.map { .string($0.sentence) })),
    ])
  }

  /// From a log to how far it goes.
  static func clock(_ clock: VectorClock) -> JSONValue {
    .object(clock.entries.map { ($0.log.description, .count($0.seq)) })
  }

  private static func row(_ row: ScoreTable.Row, _ groupings: [Grouping]) -> JSONValue {
    let score = row.score
    let group = zip(groupings, row.group).map { ($0.word, JSONValue.string($1)) }
    return .object([
      ("group", .object(group)), ("value", .optional(score.value)), ("low", .optional(score.low)),
      ("high", .optional(score.high)), ("n", .integer(score.n)),
      ("text", .string(score.text())), ("belowStability", .bool(score.isBelowStability)),
      ("counts", .object(score.counts.map { ($0.name, .integer($0.value)) })),
      ("figures", .object(score.figures.map { ($0.name, .number($0.value)) })),
      ("notes", .array(score.notes.map { .string($0.description) })),
    ])
  }
}
