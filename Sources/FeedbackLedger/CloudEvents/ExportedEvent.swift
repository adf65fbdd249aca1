package import LedgerCore
package import LedgerSchema

/// An event of this ledger, with what a line says of it beside the entry.
///
/// Lines that are to give the same scores in another ledger are written in canonical order: what is recorded there
/// one after another then comes in the order in which it counts here. The other ledger needs the same pseudonym key
/// if it is to recognise customers by their identifiers.
package struct ExportedEvent: Sendable {
  /// As decoded from the entry. Of a repeated fork tail: the event that it repeats, its item set.
  package var event: Scorebook_V1_Event
  /// Where the entry stands.
  package var address: Address
  /// The site of the log that holds it.
  package var site: String
  /// The detached texts that are held here; the others are only missing from the line.
  package var texts: [EventDraft.Text]
  /// What this ledger says of concurrent writes that the event took part in.
  package var conflicts: [String]
  /// False when its batch is voided, or its log counts nothing at the cut: `ingest` skips such a line.
  package var isCounted: Bool

  package init(
    _ event: Scorebook_V1_Event, at address: Address, site: String,
    texts: [EventDraft.Text] = [], conflicts: [String] = [], isCounted: Bool = true
  ) {
    self.event = event
    self.address = address
    self.site = site
    self.texts = texts
    self.conflicts = conflicts
    self.isCounted = isCounted
  }

  /// The item the event is about: the one it names, or the one it opens.
  var item: ItemID {
    ItemID(bytes: event.item) ?? ItemID(openedAt: address)
  }

  var customer: CustomerID? {
    CustomerID(bytes: event.customer)
  }

  /// Nil for a kind that only a newer program knows.
  var kind: EventKind? {
    event.body.map { EventKind($0) }
  }
}
