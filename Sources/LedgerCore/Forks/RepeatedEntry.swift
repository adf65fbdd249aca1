package import LedgerSchema
import SwiftProtobuf

extension Scorebook_V1_Event {
  /// The event as it counts: itself, or the one that it repeats from a fork's tail. The one place that decides how a
  /// repeated event is read; whoever projects, folds, lists or carries texts reads this.
  ///
  /// A repeated event names its item and its site, so that nothing of it depends on where it now stands: an item that
  /// it opened keeps the id that followed from its first address. What repeats nothing sound is read as it is, and then
  /// no fold knows it.
  package var meaning: Scorebook_V1_Event { repeatedEntry?.event ?? self }

  /// Nil for an event that repeats nothing sound.
  package var repeatedEntry: RepeatedEntry? {
    guard case .forkTailRepeated(let repeated) = body else { return nil }
    return RepeatedEntry(repeated)
  }
}

/// What a `fork.tail.repeated` event carries.
package struct RepeatedEntry {
  /// With its item and site named.
  package let event: Scorebook_V1_Event
  /// What is repeated.
  package let entry: TailEntry

  /// Nil when the carried entry is not the one that is named, or one that is not repeated.
  package init?(_ message: Scorebook_V1_ForkTailRepeated) {
    let bytes = ProtobufBytes.array(message.entry)
    guard let entry = TailEntry(message),
      entry.leaf == bytes.withUnsafeBytes({ MerkleTree.leafHash($0) }),
      let event = try? Scorebook_V1_Event(serializedBytes: bytes), Self.isRepeated(event)
    else { return nil }
    let log = entry.address.log
    let named = Self.named(event, message, log: log, ItemRenamer(message, log: log))
    guard EventValidation.isSound(named, entryBytes: bytes.count + message.site.utf8.count) else {
      return nil
    }
    self.entry = entry
    self.event = named
  }

  /// What a new log says for itself is not repeated: who it is, what it has seen, and what forked.
  package static func isRepeated(_ event: Scorebook_V1_Event) -> Bool {
    switch event.body {
    case nil, .logStarted, .observed, .forkProven, .forkTailRepeated, .forkTailAdopted: false
    default: true  // Everything that a site records.
    }
  }

  private static func named(
    _ event: Scorebook_V1_Event, _ message: Scorebook_V1_ForkTailRepeated, log: LogID,
    _ renamer: ItemRenamer
  ) -> Scorebook_V1_Event {
    var named = event
    let opened = ItemID(openedAt: Address(log: log, seq: message.repeats.seq))
    let item = renamer.item(ItemID(bytes: event.item) ?? opened)
    named.item = ProtobufBytes.data(item.bytes)
    if event.hasOrigin { named.origin.batch = renamer.data(event.origin.batch) }
    named.body = renamer.body(event.body)
    if !message.site.isEmpty, !event.labels.contains(where: { $0.key == Label.site }) {
      var label = Scorebook_V1_Label()
      label.key = Label.site
      label.value = message.site
      let place = event.labels.firstIndex { Label.site < $0.key } ?? event.labels.endIndex
      named.labels.insert(label, at: place)
    }
    return named
  }
}
