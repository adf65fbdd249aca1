import ArgumentParser
import FeedbackLedger
import Foundation
import LedgerCore

/// What one event says, part by part.
struct DraftOptions: ParsableArguments {
  @Option(help: "What it is about: response/ID, ticket/ID, item:HEX or LOG/SEQ.")
  var subject: String?

  @Option(help: "When the customer acted: RFC 3339, a date, or unknown (default: now).")
  var time: String?

  @Option(
    help: ArgumentHelp("Who: email:…, phone:…, or a pseudonym.", valueName: "namespace:value"))
  var customer: String?

  @Option(help: ArgumentHelp("A code to filter and group by; repeatable.", valueName: "key=value"))
  var label: [String] = []

  @Option(
    help: ArgumentHelp(
      "nps=9, csat=4/1..5, ces=6, csi:ATTRIBUTE=8; repeatable.", valueName: "question=value"))
  var answer: [String] = []

  @Option(help: "The survey that was answered.")
  var survey: String?

  @Option(help: "What the customer wrote; kept beside the log.")
  var comment: String?

  @Option(help: "test, staff, duplicate, spam or excluded: counts nothing; repeatable.")
  var flag: [String] = []

  @Option(help: "How many points moved.")
  var points: Int64?

  @Option(help: "Why, as a code: test, spam, data-entry, purchase, …")
  var reason: String?

  @Option(help: ArgumentHelp("Further fields of the kind, as a JSON object.", valueName: "json"))
  var data: String?

  @Option(help: "The system whose ids --subject and --id are.")
  var source = "scorebook"

  @Option(help: "The event's own id there: recording it twice adds nothing.")
  var id: String?

  /// - Throws: `DraftFault`, `ArgumentFault`, `CloudEventRefusal`.
  func draft(of kind: EventKind) throws -> EventDraft {
    try checkParts(of: kind)
    var line: [String: Any] = [
      "specversion": "1.0", "id": id ?? "1", "source": source, "type": kind.cloudEventType,
      "data": try data(of: kind),
    ]
    let about = try subject.map { try SubjectArgument($0, of: kind) }
    line["subject"] = about?.text
    let bytes = try JSONSerialization.data(withJSONObject: line)
    guard case .draft(let read) = try CloudEventLine(bytes) else {
      throw DraftFault.kindIsInternal(kind)
    }
    var draft = read.draft
    if id == nil { draft.source = nil }
    if let time { draft.occurrence = try TimeArgument.occurrence(time, option: "--time") }
    return draft
  }

  private func checkParts(of kind: EventKind) throws {
    if kind.needsItem, subject == nil { throw DraftFault.subjectMissing(kind) }
    guard data == nil else { return }
    if Self.answered.contains(kind), answer.isEmpty { throw DraftFault.answersMissing(kind) }
    if Self.moving.contains(kind), points == nil { throw DraftFault.pointsMissing(kind) }
  }

  private static let answered: Set<EventKind> = [
    .surveyResponseSubmitted, .surveyResponseCompleted,
  ]
  private static let moving: Set<EventKind> = [
    .pointsEarned, .pointsRedeemed, .pointsExpired, .pointsReversed, .pointsAdjusted,
    .pointsUnlocked,
  ]

  private func data(of kind: EventKind) throws -> [String: Any] {
    var data = try givenData()
    if !answer.isEmpty { data["answers"] = try answer.map { try AnswerArgument($0).json } }
    if let survey { data["survey"] = survey }
    if let comment { data["comment"] = comment }
    if !flag.isEmpty { data["flags"] = flag }
    if let points { data["points"] = points }
    if let customer { data["customer"] = try CustomerArgument.json(customer) }
    if let reason {
      guard let field = ReasonField(of: kind) else { throw DraftFault.reasonNotTaken(kind) }
      data[field.name] = field.value(reason)
    }
    guard !label.isEmpty else { return data }
    var labels: [String: String] = [:]
    for text in label {
      let assignment = try Assignment(text, option: "--label")
      guard labels.updateValue(assignment.value, forKey: assignment.name) == nil else {
        throw EventRefusal.duplicateLabel(key: assignment.name)
      }
    }
    data["labels"] = labels
    return data
  }

  private func givenData() throws -> [String: Any] {
    guard let data else { return [:] }
    guard let value = try? JSONSerialization.jsonObject(with: Data(data.utf8)) else {
      throw DraftFault.badData("it cannot be parsed")
    }
    guard let object = value as? [String: Any] else { throw DraftFault.badData("it has no { }") }
    return object
  }
}
