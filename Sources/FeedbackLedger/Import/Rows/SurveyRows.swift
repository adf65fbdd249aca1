import LedgerCore
import LedgerSchema
import SwiftProtobuf

/// Rows that are responses to a survey.
struct SurveyRows {
  private let occurred: TimeCell
  private let survey: String
  private let version: UInt32
  private let answers: [AnswerCell]
  private let completeness: ChoiceCell<Scorebook_V1_SurveyResponseSubmitted.Completeness>?
  private let started: TimeCell?
  private let duration: CountCell?

  init(
    _ rules: SurveyRules, of mapping: Mapping, _ binder: inout Binder
  ) throws(ImportRefusal) {
    occurred = try binder.time(try mapping.requiredOccurred)
    survey = rules.id
    version = UInt32(clamping: rules.version)
    answers = try AnswerCell.bind(
      rules.questions, taken: mapping.texts.map(\.question).filter { !$0.isEmpty }, &binder)
    if let rule = rules.completeness {
      let codes =
        rule.complete.map { ($0, Scorebook_V1_SurveyResponseSubmitted.Completeness.complete) }
        + rule.partial.map { ($0, .partial) }
      let values = Dictionary(codes) { first, _ in first }
      completeness = try ChoiceCell(rule.column, values: values, &binder)
    } else {
      completeness = nil
    }
    started = if let rule = rules.started { try binder.time(rule) } else { nil }
    duration = if let column = rules.duration { try CountCell(column, &binder) } else { nil }
  }

  func drafts(
    _ row: DelimitedRow, _ frame: inout RowFrame, textQuestions: [String]
  ) throws(Reason) -> [EventDraft] {
    let moment = try occurred.read(row)
    frame.note(moment, column: occurred.name)
    var body = Scorebook_V1_SurveyResponseSubmitted()
    body.survey = survey
    body.surveyVersion = version
    body.completeness = try completeness?.read(row) ?? .complete
    body.durationS = try duration(of: row, until: moment)
    for answer in answers { body.answers.append(try answer.read(row)) }
    for question in textQuestions {
      body.answers.append(
        .with {
          $0.question = question
          $0.text = true
          $0.metric = .other
        })
    }
    let item = EventDraft.Item.external(kind: "response", source: frame.source, id: frame.id)
    return [frame.draft(.surveyResponseSubmitted(body), part: "response", item: item, at: moment)]
  }

  /// Seconds; 0 where the source does not say.
  private func duration(of row: DelimitedRow, until end: Moment) throws(Reason) -> UInt32 {
    if let seconds = try duration?.read(row) { return UInt32(seconds) }
    guard let started, case .exact(let end, _) = end,
      case .exact(let start, _) = try started.readOptional(row)
    else { return 0 }
    guard start <= end else { throw .time(.before(column: started.name), column: occurred.name) }
    return UInt32(clamping: (end.microseconds - start.microseconds) / 1_000_000)
  }
}
