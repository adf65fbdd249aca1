import LedgerCore
import LedgerStore
import LedgerSync

extension SyncReceiver {
  private var contact: PeerContact? {
    guard isContact, let log = session.peerLog else { return nil }
    return PeerContact(
      log: log, site: session.peerSite, at: ledger.surroundings.now(),
      clockAhead: report.clockAhead)
  }

  /// Beside what a peer brought, in the same transaction.
  ///
  /// `received`: events of this session that are noted already.
  func noteContact(_ appender: Appender, since received: Int) throws {
    guard let peer = contact else { return }
    try ContactTable(appender.connection).note(
      peer.contact, log: peer.log, site: peer.site, received: report.received - received)
  }

  /// At the end of a session that brought nothing.
  func noteQuietContact() throws {
    guard report.received == 0, let contact else { return }
    try ledger.note([contact])
  }
}
