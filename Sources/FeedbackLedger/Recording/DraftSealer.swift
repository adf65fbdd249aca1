import Crypto
import Foundation
package import LedgerCore
package import LedgerSchema

/// Turns a draft into an event: identifiers become pseudonyms, texts become commitments.
package struct DraftSealer {
  /// A text with the salt that its commitment needs.
  package struct SealedText: Sendable {
    package var ordinal: Int
    package var salt: [UInt8]
    package var bytes: [UInt8]
  }

  package var pseudonyms: Pseudonyms
  private let randomBytes: @Sendable (Int) -> [UInt8]

  package init(pseudonyms: Pseudonyms, randomBytes: @escaping @Sendable (Int) -> [UInt8]) {
    self.pseudonyms = pseudonyms
    self.randomBytes = randomBytes
  }

  /// - Throws: `EventRefusal`.
  package mutating func seal(
    _ draft: EventDraft, recorded: Instant, batch: ItemID? = nil
  ) throws -> (event: Scorebook_V1_Event, texts: [SealedText]) {
    var event = Scorebook_V1_Event()
    event.recordedUs = recorded.microseconds
    setOccurrence(of: draft, recorded: recorded, in: &event)
    if let item = item(draft.item) { event.item = ProtobufBytes.data(item.bytes) }
    if let customer = draft.customer {
      event.customer = ProtobufBytes.data(pseudonyms.customer(customer).bytes)
    }
    event.labels = draft.labels.sorted { $0.key < $1.key }.map { key, value in
      var label = Scorebook_V1_Label()
      label.key = key
      label.value = value
      return label
    }
    event.flags = draft.flags
    if let actor = draft.actor { event.actor = actor }
    if let source = draft.source { event.origin = origin(source, batch: batch) }
    event.body = draft.body
    let texts = sealTexts(draft.texts, in: &event)
    try EventValidation.validate(event)
    return (event, texts)
  }

  /// SHA-256(salt ‖ encoding ‖ bytes), encoding 0 = plain.
  package static func commitment(salt: [UInt8], encoding: UInt8 = 0, bytes: [UInt8]) -> [UInt8] {
    Digest256(hashing: salt + [encoding] + bytes).bytes
  }

  /// The item's name; nil for one that the event opens.
  package func item(_ item: EventDraft.Item) -> ItemID? {
    switch item {
    case .opened: nil
    case .known(let id): id
    case .external(let kind, let source, let id):
      pseudonyms.item(kind: kind, source: source, id: id)
    }
  }

  private func setOccurrence(
    of draft: EventDraft, recorded: Instant, in event: inout Scorebook_V1_Event
  ) {
    switch draft.occurrence {
    case nil: break
    case .unknown: event.timeQuality = .unknown
    case .exact(let instant):
      event.occurredLagUs = recorded.microseconds - instant.microseconds
    case .day(let day):
      event.timeQuality = .day
      event.occurredLagUs = recorded.microseconds - day.utcMidnight
    }
  }

  private func origin(_ source: EventDraft.Source, batch: ItemID?) -> Scorebook_V1_Origin {
    var origin = Scorebook_V1_Origin()
    origin.source = source.system
    origin.key = ProtobufBytes.data(pseudonyms.sourceKey(source))
    origin.revision = source.revision
    origin.content = ProtobufBytes.data(pseudonyms.content(source))
    origin.recordedUs = source.recorded?.microseconds ?? 0
    origin.conflicts = source.conflicts
    if let batch { origin.batch = ProtobufBytes.data(batch.bytes) }
    return origin
  }

  private func sealTexts(
    _ texts: [EventDraft.Text], in event: inout Scorebook_V1_Event
  ) -> [SealedText] {
    texts.enumerated().map { ordinal, text in
      let sealed = SealedText(ordinal: ordinal, salt: randomBytes(16), bytes: Array(text.text.utf8))
      var detached = Scorebook_V1_Detached()
      detached.field = text.field
      detached.name = text.name
      detached.commitment = ProtobufBytes.data(
        Self.commitment(salt: sealed.salt, bytes: sealed.bytes))
      event.detached.append(detached)
      return sealed
    }
  }
}
