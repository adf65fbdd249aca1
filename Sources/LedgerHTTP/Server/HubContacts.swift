import FeedbackLedger
import LedgerCore
import LedgerSchema
import Synchronization

/// Who has said hello since it was last written down. That is done for all of them at once, when nobody waits for it: a
/// session that brings nothing should wait for no disk, and be answered also where the disk is full.
final class HubContacts: Sendable {
  private let ledger: Ledger
  private let limit: Int
  private let heard = Mutex<[LogID: PeerContact]>([:])

  /// `limit`: of how many logs it is remembered meanwhile.
  init(_ ledger: Ledger, limit: Int) {
    self.ledger = ledger
    self.limit = limit
  }

  func note(_ hello: Scorebook_V1_Hello) {
    guard let contact = ledger.contact(saying: hello) else { return }
    heard.withLock { heard in
      guard heard.count < limit || heard[contact.log] != nil else { return }
      heard[contact.log] = contact
    }
  }

  /// What cannot be written down now is kept for the next time.
  func write() {
    let contacts = heard.withLock { Array($0.values) }.sorted { $0.log < $1.log }
    guard !contacts.isEmpty, (try? ledger.note(contacts)) != nil else { return }
    heard.withLock { heard in
      for contact in contacts where heard[contact.log] == contact { heard[contact.log] = nil }
    }
  }
}
