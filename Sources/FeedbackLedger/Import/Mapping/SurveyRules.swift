import LedgerSchema

/// A row is one response to a survey.
package struct SurveyRules: Decodable, Sendable {
  package let id: String
  package let version: Int
  package let questions: [QuestionRule]
  package let completeness: CompletenessRule?
  /// With the time of the response it gives the duration.
  package let started: TimeRule?
  /// Whole seconds.
  package let duration: ColumnName?

  private enum Key: String, CodingKey, CaseIterable {
    case id, version, questions, completeness, started, duration
  }

  package init(from decoder: any Decoder) throws {
    let keys = try StrictContainer<Key>(decoder)
    id = try keys.required(.id)
    version = try keys.optional(.version) ?? 1
    guard (1...999_999).contains(version) else {
      throw keys.refuse("\(version)", at: .version, expected: "1 to 999999")
    }
    questions = try keys.required(.questions)
    completeness = try keys.optional(.completeness)
    started = try keys.optional(.started)
    duration = try keys.optional(.duration)
  }
}

/// Whether a response is complete.
package struct CompletenessRule: Decodable, Sendable {
  package let column: ColumnName
  package let complete: Set<String>
  package let partial: Set<String>

  private enum Key: String, CodingKey, CaseIterable { case column, complete, partial }

  package init(from decoder: any Decoder) throws {
    let keys = try StrictContainer<Key>(decoder)
    column = try keys.required(.column)
    complete = Set(try keys.required(.complete) as [String])
    partial = Set(try keys.list(.partial))
  }
}

/// A question and the column, or the columns, that hold its answers.
package struct QuestionRule: Decodable, Sendable {
  package enum Columns: Sendable {
    case column(ColumnName)
    /// A regular expression over whole column names.
    case pattern(String)
  }

  package enum Metric: String, CaseIterable, Sendable { case nps, csat, ces, csi, other }
  package enum Direction: String, CaseIterable, Sendable { case higherIsBetter, lowerIsBetter }
  /// How the number stands in the cell: alone, or in front of words, as in `10 - Extremely likely`.
  package enum Form: String, CaseIterable, Sendable { case integer, leadingInteger }

  /// `$0` is the column's name, `$1` what the pattern's first group matched.
  package let id: String
  package let columns: Columns
  package let metric: Metric
  package let scale: ClosedRange<Int>
  package let polarity: Direction
  /// Thousandths; 0: not stated.
  package let weightMilli: Int
  package let noAnswer: Set<String>
  package let form: Form
  /// From a text to the value it stands for.
  package let values: [String: Int]
  package let path: String

  private enum Key: String, CodingKey, CaseIterable {
    case id, column, match, metric, scale, polarity, weight, noAnswer, form, values
  }

  package init(from decoder: any Decoder) throws {
    let keys = try StrictContainer<Key>(decoder)
    path = decoder.codingPath.dotted
    id = try keys.required(.id)
    columns = try Self.columns(keys)
    guard let metric: Metric = try keys.choice(.metric) else {
      throw ImportRefusal.mapping(.keyMissing("metric"), at: path)
    }
    self.metric = metric
    scale = try Self.scale(keys)
    polarity = try keys.choice(.polarity) ?? .higherIsBetter
    let weight: Double = try keys.optional(.weight) ?? 0
    guard (0...1_000).contains(weight) else {
      throw keys.refuse("\(weight)", at: .weight, expected: "0 to 1000")
    }
    weightMilli = Int((weight * 1_000).rounded())
    noAnswer = Set(try keys.list(.noAnswer))
    form = try keys.choice(.form) ?? .integer
    values = try keys.table(.values)
    if let stranger = values.first(where: { !scale.contains($0.value) }) {
      throw keys.refuse(
        "\(stranger.value)", at: .values,
        expected: "values in \(scale.lowerBound)...\(scale.upperBound)")
    }
  }

  private static func columns(_ keys: StrictContainer<Key>) throws -> Columns {
    guard let pattern: String = try keys.optional(.match) else {
      return .column(try keys.required(.column))
    }
    guard !keys.has(.column), (try? Regex(pattern)) != nil else {
      throw keys.refuse(pattern, at: .match, expected: "a regular expression, and no `column`")
    }
    return .pattern(pattern)
  }

  private static func scale(_ keys: StrictContainer<Key>) throws -> ClosedRange<Int> {
    let bounds: [Int] = try keys.required(.scale)
    guard bounds.count == 2, bounds[0] < bounds[1], bounds.allSatisfy({ abs($0) <= 1_000_000 })
    else {
      throw keys.refuse("\(bounds)", at: .scale, expected: "[lowest, highest], such as [0, 10]")
    }
    return bounds[0]...bounds[1]
  }
}
