public import LedgerCore
import LedgerSchema
import LedgerStore
import SwiftProtobuf

/// Which events are listed.
public struct EventFilter: Hashable, Sendable {
  /// Nil: of every item.
  public var item: ItemID?
  /// Nil: of every kind.
  public var kind: EventKind?
  /// The site of the log that holds the event.
  public var site: String?
  /// Half-open window on recorded time.
  public var from: Instant?
  /// The end of the window, excluded; nil = open.
  public var to: Instant?

  /// Every event, unless stated otherwise.
  public init(
    item: ItemID? = nil, kind: EventKind? = nil, site: String? = nil, from: Instant? = nil,
    to: Instant? = nil
  ) {
    self.item = item
    self.kind = kind
    self.site = site
    self.from = from
    self.to = to
  }
}

/// One event as it is listed.
public struct ListedEvent: Sendable {
  /// Where it stands.
  public let address: Address
  /// The site of the log that holds it.
  public let site: String
  /// Nil for a kind that only a newer program knows.
  public let kind: EventKind?
  /// The site's wall clock, raw.
  public let recorded: Instant
  /// The customer's act, as the source claims it.
  public let occurred: Occurrence
  /// The one it names, or the one it opens.
  public let item: ItemID
  /// Nil: anonymous.
  public let customer: CustomerID?
  /// Ascending by key; the `site` label only where the event states it.
  public let labels: [Label]
  /// Whether a fold reads it: other kinds are stored, verified and forwarded.
  public let isFolded: Bool
  /// False when its log or its batch counts nothing now.
  public let isCounted: Bool
  package let exported: ExportedEvent

  /// The event as one CloudEvents 1.0 line (JSON, structured mode), without a line break.
  public func cloudEventLine() throws -> String {
    try exported.cloudEventLine()
  }
}

extension Ledger {
  /// The item that a source system's id stands for here.
  public func item(kind: String, source: String, id: String) -> ItemID {
    Pseudonyms(key: identity.pseudonymKey).item(kind: kind, source: source, id: id)
  }

  /// Calls `body` with every event of the filter in canonical order: so a ledger that ingests the lines one after
  /// another folds them as this one does.
  public func forEachEvent(_ filter: EventFilter, _ body: (ListedEvent) throws -> Void) throws {
    try store.read { database, state in
      let reader = EntryReader(database)
      for place in try CanonicalOrder(database, state).places() {
        let log = state.logs[Int(place.log)]
        if let site = filter.site, site != log.site { continue }
        let recorded = Instant(microseconds: place.recorded)
        if let from = filter.from, recorded < from { continue }
        if let to = filter.to, recorded >= to { continue }
        guard let entry = try reader.entry(log: place.log, seq: UInt64(place.seq)),
          let event = try? Scorebook_V1_Event(serializedBytes: entry)
        else { throw StoreError.missingEntry(Address(log: log.id, seq: UInt64(place.seq))) }
        let listed = try Self.listed(event, place, log, database, state)
        if let kind = filter.kind, listed.kind != kind { continue }
        if let item = filter.item, listed.item != item { continue }
        try body(listed)
      }
    }
  }

  private static func listed(
    _ recorded: Scorebook_V1_Event, _ place: CanonicalOrder.Place, _ log: LogState,
    _ database: Connection, _ state: StoreState
  ) throws -> ListedEvent {
    let address = Address(log: log.id, seq: UInt64(place.seq))
    let event = recorded.meaning
    var isCounted = place.seq <= log.limit
    if event.hasOrigin, let batch = ItemID(bytes: event.origin.batch),
      let number = state.fold.vocabulary.batches.existingNumber(of: batch),
      state.fold.voidedBatches.contains(number)
    {
      isCounted = false
    }
    let texts = try TextTable(database).texts(log: place.log, seq: address.seq)
    let drafts = texts.compactMap { text -> EventDraft.Text? in
      guard text.ordinal < event.detached.count else { return nil }
      let detached = event.detached[text.ordinal]
      return EventDraft.Text(
        field: detached.field, name: detached.name,
        text: String(decoding: text.bytes, as: UTF8.self))
    }
    let exported = ExportedEvent(
      event, at: address, site: log.site, texts: drafts, isCounted: isCounted)
    return ListedEvent(
      address: address, site: log.site, kind: event.body.map { EventKind($0) },
      recorded: Instant(microseconds: place.recorded), occurred: occurrence(of: event),
      item: Projector.item(of: event, at: address), customer: CustomerID(bytes: event.customer),
      labels: event.labels.map { Label(key: $0.key, value: $0.value) },
      isFolded: place.kind.isFolded || place.kind == .context, isCounted: isCounted,
      exported: exported)
  }

  private static func occurrence(of event: Scorebook_V1_Event) -> Occurrence {
    let microseconds = event.recordedUs &- event.occurredLagUs
    switch event.timeQuality {
    case .exact, .UNRECOGNIZED: return .exact(Instant(microseconds: microseconds))
    case .day: return .day(CivilDay(utcMidnight: microseconds))
    case .unknown: return .unknown
    }
  }
}
