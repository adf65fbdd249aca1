package import LedgerCore
import LedgerSchema
import LedgerStore

/// Turns a draft into an event: identifiers become pseudonyms, texts become commitments. Needs no ledger.
package struct DraftSealer: Sendable {
  package var pseudonyms: Pseudonyms
  private let site: String
  private let zone: ZoneOffsets
  private let randomBytes: @Sendable (Int) -> [UInt8]

  package init(
    pseudonyms: Pseudonyms, site: String, zone: ZoneOffsets,
    randomBytes: @escaping @Sendable (Int) -> [UInt8]
  ) {
    self.pseudonyms = pseudonyms
    self.site = site
    self.zone = zone
    self.randomBytes = randomBytes
  }

  package init(_ ledger: Ledger) {
    self.init(
      pseudonyms: Pseudonyms(key: ledger.identity.pseudonymKey), site: ledger.identity.site,
      zone: ledger.store.zone, randomBytes: ledger.surroundings.randomBytes)
  }

  /// An event of the ledger's own making.
  func seal(_ event: Scorebook_V1_Event) throws(EventRefusal) -> SealedDraft {
    try SealedDraft(event, site: site, zone: zone)
  }

  package mutating func seal(
    _ draft: EventDraft, recorded: Instant, batch: ItemID? = nil
  ) throws(EventRefusal) -> SealedDraft {
    var event = Scorebook_V1_Event()
    event.recordedUs = recorded.microseconds
    setOccurrence(of: draft, recorded: recorded, in: &event)
    if let item = item(draft.item) { event.item = ProtobufBytes.data(item.bytes) }
    let customer = draft.customer.map { pseudonyms.customer($0) }
    if let customer { event.customer = ProtobufBytes.data(customer.bytes) }
    event.labels = draft.labels.sorted { $0.key < $1.key }.map { key, value in
      var label = Scorebook_V1_Label()
      label.key = key
      label.value = value
      return label
    }
    event.flags = draft.flags
    if let actor = draft.actor { event.actor = actor }
    let key = draft.source.map { source in
      SourceKey(
        key: pseudonyms.sourceKey(source), revision: source.revision,
        content: pseudonyms.content(source))
    }
    if let source = draft.source, let key { event.origin = origin(source, key, batch: batch) }
    event.body = draft.body
    let texts = sealTexts(draft.texts, in: &event)
    try EventValidation.validate(event)
    return try SealedDraft(
      event, texts: texts, customer: customer, site: site, zone: zone)
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
      // What overflows is refused as out of range.
      event.occurredLagUs = recorded.microseconds &- instant.microseconds
    case .day(let day):
      event.timeQuality = .day
      event.occurredLagUs = recorded.microseconds &- day.utcMidnight
    }
  }

  private func origin(
    _ source: EventDraft.Source, _ key: SourceKey, batch: ItemID?
  ) -> Scorebook_V1_Origin {
    var origin = Scorebook_V1_Origin()
    origin.source = source.system
    origin.key = ProtobufBytes.data(key.key)
    origin.revision = source.revision
    origin.content = ProtobufBytes.data(key.content)
    origin.recordedUs = source.recorded?.microseconds ?? 0
    origin.conflicts = source.conflicts
    if let batch { origin.batch = ProtobufBytes.data(batch.bytes) }
    return origin
  }

  private func sealTexts(
    _ texts: [EventDraft.Text], in event: inout Scorebook_V1_Event
  ) -> [SealedDraft.Text] {
    texts.enumerated().map { ordinal, text in
      let sealed = SealedDraft.Text(
        ordinal: ordinal, salt: randomBytes(16), bytes: Array(text.text.utf8))
      var detached = Scorebook_V1_Detached()
      detached.field = text.field
      detached.name = text.name
      detached.commitment = ProtobufBytes.data(
        TextCommitments.digest(salt: sealed.salt, bytes: sealed.bytes).bytes)
      event.detached.append(detached)
      return sealed
    }
  }
}
