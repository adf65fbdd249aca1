import LedgerCore
import LedgerSchema
import SwiftProtobuf

/// Reads the answer to one question from one column.
struct AnswerCell {
  private let index: Int
  private let rule: QuestionRule
  /// The answer without its outcome.
  private let blank: Scorebook_V1_Answer

  private init(_ rule: QuestionRule, id: String, index: Int) {
    self.index = index
    self.rule = rule
    blank = .with {
      $0.question = id
      $0.metric = rule.metric.answerMetric
      $0.scaleMin = Int32(clamping: rule.scale.lowerBound)
      $0.scaleMax = Int32(clamping: rule.scale.upperBound)
      $0.polarity = rule.polarity == .higherIsBetter ? .higherIsBetter : .lowerIsBetter
      $0.weightMilli = UInt32(clamping: rule.weightMilli)
    }
  }

  /// One for each column of each question; `taken` are the questions that texts answer.
  static func bind(
    _ rules: [QuestionRule], taken: [String], _ binder: inout Binder
  ) throws(ImportRefusal) -> [AnswerCell] {
    var cells: [AnswerCell] = []
    var ids = Set(taken)
    for rule in rules {
      for (index, id) in try columns(of: rule, &binder) {
        guard ids.insert(id).inserted else {
          throw .header(.questionRepeated(id), at: rule.path)
        }
        cells.append(AnswerCell(rule, id: id, index: index))
      }
    }
    guard ids.count <= EventLimits.answersMax else {
      throw .header(.tooManyQuestions(ids.count), at: "survey.questions")
    }
    return cells
  }

  func read(_ row: DelimitedRow) throws(Reason) -> Scorebook_V1_Answer {
    var answer = blank
    let code = row.code(index)
    if code.isEmpty || rule.noAnswer.contains(code) {
      answer.skipped = true
      return answer
    }
    guard let value = rule.values[code] ?? number(in: code) else {
      throw .answer(.notInteger, question: blank.question)
    }
    guard rule.scale.contains(value) else {
      throw .answer(.outOfScale(value, scale: rule.scale), question: blank.question)
    }
    answer.value = Int32(clamping: value)
    return answer
  }

  private func number(in code: String) -> Int? {
    switch rule.form {
    case .integer: Int(code)
    case .leadingInteger: Self.leadingNumber(in: code)
    }
  }

  /// The number in front of `10 - Extremely likely` or `5=Outstanding`; nil for `4.5 stars`.
  private static func leadingNumber(in code: String) -> Int? {
    let digits = code.utf8.dropFirst(code.hasPrefix("-") ? 1 : 0).prefix {
      (0x30...0x39).contains($0)
    }
    let rest = code[digits.endIndex...]
    return rest.hasPrefix(".") || rest.hasPrefix(",") ? nil : Int(code[..<digits.endIndex])
  }

  private static func columns(
    of rule: QuestionRule, _ binder: inout Binder
  ) throws(ImportRefusal) -> [(Int, String)] {
    switch rule.columns {
    case .column(let column): return [(try binder.index(of: column), rule.id)]
    case .pattern(let pattern):
      return try binder.matches(of: pattern, at: rule.path).map { index, groups in
        let id = groups.indices.reversed().reduce(rule.id) { id, group in
          id.replacing("$\(group)", with: groups[group])
        }
        return (index, id)
      }
    }
  }
}

extension QuestionRule.Metric {
  fileprivate var answerMetric: Scorebook_V1_AnswerMetric {
    switch self {
    case .nps: .nps
    case .csat: .csat
    case .ces: .ces
    case .csi: .csi
    case .other: .other
    }
  }
}
