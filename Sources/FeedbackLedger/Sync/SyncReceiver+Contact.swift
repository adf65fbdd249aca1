import LedgerCore
import LedgerStore
import LedgerSync

/// A finished session is local state, and no event (DESIGN §2.4).
extension SyncReceiver {
  /// That a peer was there at all is kept to ten minutes: a session that brings nothing should write nothing.
  private static let quietSeconds: Int64 = 600

  /// Beside what a peer brought, in the same transaction.
  ///
  /// `received`: events of this session that are noted already.
  func noteContact(_ contacts: ContactTable, since received: Int) throws {
    guard isContact, let peer = session.peerLog else { return }
    try contacts.note(
      log: peer, site: session.peerSite, at: ledger.surroundings.now(),
      received: report.received - received)
  }

  /// At the end of a session that brought nothing.
  func noteQuietContact() throws {
    guard isContact, report.received == 0, let peer = session.peerLog else { return }
    let now = ledger.surroundings.now()
    let isRecent = try ledger.store.read { database, _ in
      guard let last = try ContactTable(database).last(of: peer) else { return false }
      return (0..<Self.quietSeconds * 1_000_000).contains(now.microseconds - last.microseconds)
    }
    guard !isRecent else { return }
    try ledger.store.write { try noteContact(ContactTable($0.connection), since: 0) }
  }
}
