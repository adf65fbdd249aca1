package import LedgerCore
package import LedgerSchema
import LedgerStore
import LedgerSync

/// That a peer spoke with this ledger: local state, and no event (DESIGN §2.4).
package struct PeerContact: Hashable, Sendable {
  package let log: LogID
  /// As it named itself.
  let site: String
  let at: Instant
  /// Its clock less this one, in microseconds; nil where it did not tell it.
  let clockAhead: Int64?

  var contact: Contact { Contact(at: at, clockAhead: clockAhead) }
}

extension Ledger {
  /// Who speaks just now; nil for a log that is none.
  package func contact(saying hello: Scorebook_V1_Hello) -> PeerContact? {
    LogID(bytes: hello.log).map {
      PeerContact(
        log: $0, site: hello.site, at: surroundings.now(), clockAhead: clockAhead(of: hello.clock))
    }
  }

  /// Peers were there, which may have brought nothing. That is kept to ten minutes, and their clocks to a minute: a
  /// session that brings nothing should write nothing. Of a log of which nothing is held nothing is noted: anybody can
  /// make any number of them.
  package func note(_ contacts: [PeerContact]) throws {
    let news = try store.read { database, state in
      try contacts.filter { peer in
        guard let log = state.log(peer.log), log.size > 0 else { return false }
        let known = try ContactTable(database).last(of: peer.log)
        return known.map { Self.tells(peer.contact, after: $0) } ?? true
      }
    }
    guard !news.isEmpty else { return }
    try store.write { appender in
      let table = try ContactTable(appender.connection)
      for peer in news {
        try table.note(peer.contact, log: peer.log, site: peer.site, received: 0)
      }
    }
  }

  private static func tells(_ contact: Contact, after known: Contact) -> Bool {
    let pause = contact.at.microseconds - known.at.microseconds
    guard (0..<quietMicroseconds).contains(pause) else { return true }
    guard let ahead = contact.clockAhead else { return false }
    return known.clockAhead.map { ($0 - ahead).magnitude >= clockMicroseconds } ?? true
  }

  private static let quietMicroseconds: Int64 = 600_000_000
  private static let clockMicroseconds: UInt64 = 60_000_000

  /// The peer's clock less this one, in microseconds; nil for one that tells no time at all. A line adds what it takes.
  func clockAhead(of peer: Instant?) -> Int64? {
    guard let peer else { return nil }
    let (ahead, overflows) = peer.microseconds.subtractingReportingOverflow(
      surroundings.now().microseconds)
    return overflows || ahead.magnitude > Self.clockAheadMax ? nil : ahead
  }

  /// A thousand years.
  private static let clockAheadMax: UInt64 = 1_000 * 31_557_600 * 1_000_000
}
