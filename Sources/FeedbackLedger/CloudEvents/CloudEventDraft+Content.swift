import Foundation
import LedgerCore
import LedgerSchema
import SwiftProtobuf

extension CloudEventDraft {
  /// Everything the line says of the event, always in the same words: not the line's own bytes, since a relay may
  /// write them anew or add attributes of its own. The source's recorded time and its conflicts are left out: they
  /// grow without the event becoming another one.
  static func content(of draft: EventDraft) -> String {
    var text = JSONText()
    text.open("[")
    text.value(EventKind(draft.body).rawValue)
    words(of: draft.item).forEach { text.value($0) }
    text.value(draft.occurrence.map(word) ?? "")
    words(of: draft.customer).forEach { text.value($0) }
    text.list(draft.labels.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] })
    text.list(draft.texts.flatMap { [$0.field.name ?? "", $0.name, $0.text] })
    text.value(encoded(draft))
    text.close("]")
    return text.text
  }

  private static func words(of item: EventDraft.Item) -> [String] {
    switch item {
    case .opened: ["opened"]
    case .known(let id): ["known", id.description]
    case .external(let kind, let source, let id): ["external", kind, source, id]
    }
  }

  private static func word(_ occurrence: Occurrence) -> String {
    switch occurrence {
    case .exact(let instant): "exact \(instant.microseconds)"
    case .day(let day): "day \(day.utcMidnight)"
    case .unknown: "unknown"
    }
  }

  private static func words(of customer: EventDraft.Customer?) -> [String] {
    switch customer {
    case nil: ["anonymous"]
    case .pseudonym(let id): ["pseudonym", id.description]
    case .identifier(let namespace, let value): ["identifier", namespace, value]
    }
  }

  /// What the entry itself will hold, in its own bytes: the same for any spelling of the same JSON.
  private static func encoded(_ draft: EventDraft) -> String {
    var event = Scorebook_V1_Event()
    event.flags = draft.flags
    if let actor = draft.actor { event.actor = actor }
    event.body = draft.body
    let bytes: Data? = try? event.serializedBytes()
    return bytes?.base64EncodedString() ?? ""
  }
}
