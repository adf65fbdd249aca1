import LedgerCore

/// Where a ledger has the events that opened items.
protocol ItemPlaces: Sendable {
  /// Notes the next event of the log.
  mutating func take(_ place: GeneratedEvent.Place)
  func address(of item: GeneratedEvent.Place) -> Address
}

/// One log that all sites share. Its first entry starts it; the events follow.
struct SharedLogPlaces: ItemPlaces {
  let log: LogID
  private var seqs = SeqTable()
  private var nextSeq: UInt64 = 2

  init(_ log: LogID) {
    self.log = log
  }

  mutating func take(_ place: GeneratedEvent.Place) {
    seqs.add(place, seq: nextSeq)
    nextSeq += 1
  }

  func address(of item: GeneratedEvent.Place) -> Address {
    Address(log: log, seq: seqs.seq(of: item))
  }
}

/// A log for each site. Its first entry starts it; the site's events follow, and between two of them what the site had
/// heard of meanwhile, once.
struct SiteLogPlaces: ItemPlaces {
  let logs: [LogID]
  /// The size of each log before that one.
  var sizesAtObservation: [UInt64] = []

  mutating func take(_ place: GeneratedEvent.Place) {}

  func address(of item: GeneratedEvent.Place) -> Address {
    let seq = UInt64(item.seq) + 1
    let isAfter = sizesAtObservation.isEmpty ? false : seq > sizesAtObservation[item.site]
    return Address(log: logs[item.site], seq: isAfter ? seq + 1 : seq)
  }
}

/// What one site has recorded, event by event.
struct RecordedPlaces: ItemPlaces {
  private var addresses: [Int: Address] = [:]

  mutating func take(_ place: GeneratedEvent.Place) {}

  mutating func note(_ event: GeneratedEvent, at address: Address) {
    addresses[event.place.seq] = address
  }

  /// - Precondition: the item was opened by an event that was noted.
  func address(of item: GeneratedEvent.Place) -> Address {
    guard let address = addresses[item.seq] else {
      preconditionFailure("an item that a site's own events did not open: \(item)")
    }
    return address
  }
}
