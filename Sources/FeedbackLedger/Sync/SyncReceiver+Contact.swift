import LedgerCore
import LedgerStore
import LedgerSync

extension SyncReceiver {
  private var contact: Contact? {
    guard isContact, let log = session.peerLog else { return nil }
    return Contact(log: log, at: ledger.surroundings.now(), skew: report.clockSkew)
  }

  /// Beside what a peer brought, in the same transaction.
  ///
  /// `received`: events of this session that are noted already.
  func noteContact(_ appender: Appender, since received: Int) throws {
    guard let contact, let log = appender.state.log(contact.log), log.size > 0 else { return }
    try ContactTable(appender.connection).note(
      contact, site: log.site, received: report.received - received)
  }

  /// At the end of a session that brought nothing.
  func noteQuietContact() throws {
    guard report.received == 0, let contact else { return }
    try ledger.note([contact])
  }
}
