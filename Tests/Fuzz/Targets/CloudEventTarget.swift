import FeedbackLedger
import LedgerCore
import LedgerSchema

/// One line, by whoever writes CloudEvents.
enum CloudEventTarget {
  static func run(on bytes: [UInt8]) throws {
    let line: CloudEventLine
    do {
      line = try CloudEventLine(bytes)
    } catch {
      let refusal = error
      return try law("a refusal is worded") { !String(describing: refusal).isEmpty }
    }
    guard case .draft(let read) = line else { return }
    try law("a draft is of the kind that the line names") {
      EventKind(read.draft.body) == read.kind && !read.kind.isLedgerInternal
    }
    try law("a body that is written reads as it was") {
      let json = try CloudEventBody.json(read.draft.body)
      return try CloudEventBody.body(of: read.kind, json: json) == read.draft.body
    }
    try law("a line can be told from others") {
      read.draft.source?.externalID.isEmpty == false && read.draft.source?.content.isEmpty == false
    }
  }
}
