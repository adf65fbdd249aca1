import LedgerCore
import LedgerSchema

extension ExportedEvent {
  /// The body's own fields first, then the common ones, in a fixed order; empty ones are left out.
  func writeData(to text: inout JSONText) throws {
    text.name("data")
    text.open("{")
    if let body = event.body {
      let fields = try CloudEventBody.json(body).dropFirst().dropLast()
      if !fields.isEmpty { text.value(json: fields) }
    }
    writeLabels(to: &text)
    text.member("customer", ifPresent: customer?.description)
    if !event.flags.isEmpty { text.member("flags", event.flags) }
    writeTexts(to: &text)
    writeActor(to: &text)
    if !causes.isEmpty { text.member("causes", causes) }
    writeOrigin(to: &text)
    let conflicts = event.origin.conflicts + conflicts
    if !conflicts.isEmpty { text.member("conflicts", conflicts) }
    text.close("}")
  }

  /// The site is always stated: in another ledger the recording site is another one.
  private func writeLabels(to text: inout JSONText) {
    var labels = event.labels.map { (key: $0.key, value: $0.value) }
    if !labels.contains(where: { $0.key == "site" }) {
      labels.append((key: "site", value: site))
      labels.sort { $0.key < $1.key }
    }
    text.name("labels")
    text.open("{")
    for label in labels {
      text.member(label.key, label.value)
    }
    text.close("}")
  }

  private func writeTexts(to text: inout JSONText) {
    let named = texts.compactMap { detached in detached.field.name.map { ($0, detached) } }
    guard !named.isEmpty else { return }
    text.name("texts")
    text.open("[")
    for (field, detached) in named {
      text.open("{")
      text.member("field", field)
      text.member("name", ifPresent: detached.name.isEmpty ? nil : detached.name)
      text.member("text", detached.text)
      text.close("}")
    }
    text.close("]")
  }

  private func writeActor(to text: inout JSONText) {
    guard event.hasActor else { return }
    let type = CloudEventData.actorTypes.first { $0.value == event.actor.type }?.key
    text.name("actor")
    text.open("{")
    text.member("type", ifPresent: type)
    text.member("id", ifPresent: event.actor.id.isEmpty ? nil : event.actor.id)
    text.close("}")
  }

  private func writeOrigin(to text: inout JSONText) {
    guard event.hasOrigin else { return }
    let origin = event.origin
    let recorded = origin.recordedUs == 0 ? nil : Instant(microseconds: origin.recordedUs)
    text.name("origin")
    text.open("{")
    text.member("source", ifPresent: origin.source.isEmpty ? nil : origin.source)
    text.member("key", ifPresent: Self.digits(ProtobufBytes.array(origin.key)))
    text.member("revision", ifPresent: origin.revision.isEmpty ? nil : origin.revision)
    text.member("batch", ifPresent: Self.digits(ProtobufBytes.array(origin.batch)))
    text.member("recordedtime", ifPresent: recorded.flatMap { RFC3339.text($0) })
    text.member("content", ifPresent: Self.digits(ProtobufBytes.array(origin.content)))
    text.close("}")
  }

  private static func digits(_ bytes: [UInt8]) -> String? {
    bytes.isEmpty ? nil : bytes.hexadecimal
  }
}
