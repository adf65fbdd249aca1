import Foundation
import LedgerCore
import LedgerSchema
import SwiftProtobuf

extension CloudEventDraft {
  init(_ envelope: CloudEventEnvelope, _ data: CloudEventData) throws(CloudEventRefusal) {
    guard envelope.subject != nil || !envelope.kind.needsItem else {
      throw .subjectMissing(envelope.kind)
    }
    let source = envelope.source
    var draft = EventDraft(
      data.body, item: envelope.subject?.draftItem(source: source) ?? .opened,
      occurrence: envelope.occurrence,
      customer: data.customer ?? envelope.subject?.customer(source: source),
      labels: try Self.labels(envelope, data), texts: data.texts, flags: data.flags,
      actor: data.actor)
    draft.source = EventDraft.Source(
      system: source, externalID: envelope.id, content: Self.content(of: draft),
      recorded: envelope.recorded, conflicts: data.conflicts)
    self.init(kind: envelope.kind, draft: draft, origin: data.origin, causes: data.causes)
  }

  /// The label `site` says whose score it is: stated by a label, by the attribute, or by the site that speaks.
  private static func labels(
    _ envelope: CloudEventEnvelope, _ data: CloudEventData
  ) throws(CloudEventRefusal) -> [String: String] {
    var labels = data.labels
    if let label = labels["site"], let attribute = envelope.site, label != attribute {
      let max = CloudEventLimits.echoedCharactersMax
      throw .sitesDiffer(label: String(label.prefix(max)), attribute: String(attribute.prefix(max)))
    }
    labels["site"] = labels["site"] ?? envelope.site ?? envelope.siteOfSource
    return labels
  }
}
