import LedgerCore

/// The seq that each generated event got in a log that all sites share: four bytes an event.
struct SeqTable {
  private var seqs: [[UInt32]] = Array(repeating: [], count: DraftMaker.siteNames.count)

  /// - Precondition: each site's events are added in the order of their seqs.
  mutating func add(_ place: GeneratedEvent.Place, seq: UInt64) {
    seqs[place.site].append(UInt32(clamping: seq))
  }

  func seq(of place: GeneratedEvent.Place) -> UInt64 {
    UInt64(seqs[place.site][place.seq - 1])
  }
}

extension GeneratedEvent {
  /// Whether it is about an item that an earlier event opened.
  var namesItem: Bool {
    switch kind {
    case .corrected, .retracted, .ticketReplied, .ticketResolved: true
    case .answered, .ticketOpened, .pointsEarned, .pointsRedeemed: false
    }
  }
}
