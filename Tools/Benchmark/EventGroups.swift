import FeedbackLedger
import Foundation
import LedgerCore
import Synchronization

/// A generated event with where the ledger has the event that opened its item, where it names one.
struct LocatedEvent: Sendable {
  var event: GeneratedEvent
  var itemAddress: Address?
}

/// Reads events in groups, each for one transaction.
final class EventGroups<Places: ItemPlaces>: Sendable {
  private struct Source {
    let reader: GeneratedEventReader
    var places: Places
  }

  private let source: Mutex<Source>
  private let count: Int

  init(_ file: URL, places: Places, count: Int) throws {
    source = Mutex(Source(reader: try GeneratedEventReader(file), places: places))
    self.count = count
  }

  /// Nil at the end.
  func next() throws -> [LocatedEvent]? {
    try source.withLock { source in
      var events: [GeneratedEvent] = []
      events.reserveCapacity(count)
      while events.count < count, let event = try source.reader.next() {
        source.places.take(event.place)
        events.append(event)
      }
      guard !events.isEmpty else { return nil }
      let places = source.places
      return events.map { event in
        LocatedEvent(
          event: event, itemAddress: event.namesItem ? places.address(of: event.item) : nil)
      }
    }
  }
}
