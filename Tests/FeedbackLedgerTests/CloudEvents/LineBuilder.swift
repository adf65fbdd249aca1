import FeedbackLedger
import LedgerCore
import LedgerSchema
import Testing

/// A line put together from attributes in JSON; the required ones have a value unless another one is given.
struct LineBuilder {
  var attributes = [
    "specversion": #""1.0""#, "id": #""r-17-1""#, "source": #""https://forms.example/1""#,
    "type": #""survey-response-submitted""#, "subject": #""response/r-17""#,
  ]
  var data: String?

  init(_ changes: [String: String] = [:], data: String? = nil) {
    attributes.merge(changes) { $1 }
    self.data = data
  }

  /// Without the attributes whose value is empty.
  var text: String {
    var members = attributes.sorted { $0.key < $1.key }.filter { !$0.value.isEmpty }
      .map { "\"\($0.key)\":\($0.value)" }
    if let data { members.append("\"data\":\(data)") }
    return "{" + members.joined(separator: ",") + "}"
  }

  func read() throws(CloudEventRefusal) -> CloudEventLine {
    try CloudEventLine(text.utf8)
  }

  func draft() throws -> CloudEventDraft {
    try #require(read().draft)
  }

  /// Nil when the line is accepted.
  var refusal: CloudEventRefusal? {
    do {
      _ = try read()
      return nil
    } catch {
      return error
    }
  }
}

extension CloudEventLine {
  /// Nil for a line that is to be skipped.
  var draft: CloudEventDraft? {
    guard case .draft(let draft) = self else { return nil }
    return draft
  }
}
