package import LedgerCore
package import LedgerSchema
import LedgerStore
import LedgerSync

/// That a peer spoke with this ledger: local state, and no event (DESIGN §2.4). Nothing is noted of a log of which
/// nothing is held: anybody can make any number of them.
extension Ledger {
  /// Who has said hello at that moment; nil for a log of which nothing is held.
  package func contact(saying hello: Scorebook_V1_Hello, at now: Instant) throws -> Contact? {
    guard let log = LogID(bytes: hello.log) else { return nil }
    let isHeld = try store.read { _, state in (state.log(log)?.size ?? 0) > 0 }
    return isHeld ? Contact(log: log, at: now, skew: hello.wallClock?.skew(from: now)) : nil
  }

  /// Peers were there, and may have brought nothing. That is kept to ten minutes, and their clocks to a minute: a
  /// session that brings nothing should write nothing.
  package func note(_ contacts: [Contact]) throws {
    let news = try store.read { database, state in
      let table = ContactTable(database)
      return try contacts.compactMap { contact -> (contact: Contact, site: String)? in
        guard let log = state.log(contact.log), log.size > 0,
          try table.isNews(contact)
        else { return nil }
        return (contact, log.site)
      }
    }
    guard !news.isEmpty else { return }
    // Nothing is appended: what an appender needs in memory a quiet hub can do without.
    try store.exclusively { database in
      let table = ContactTable(database)
      for (contact, site) in news { try table.note(contact, site: site, received: 0) }
    }
  }
}

extension ContactTable {
  private static let quietMicroseconds: Int64 = 600_000_000
  private static let skewMicroseconds: UInt64 = 60_000_000

  fileprivate func isNews(_ contact: Contact) throws -> Bool {
    guard let last = try last(of: contact.log) else { return true }
    let (pause, overflows) = contact.at.microseconds.subtractingReportingOverflow(
      last.microseconds)
    if overflows || pause >= Self.quietMicroseconds { return true }
    guard let skew = contact.skew else { return false }
    return try told(by: contact.log).map { ($0.skew - skew).magnitude >= Self.skewMicroseconds }
      ?? true
  }
}
