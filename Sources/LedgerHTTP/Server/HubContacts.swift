package import FeedbackLedger
package import LedgerCore
package import LedgerSchema
import Synchronization

/// Who has said hello since it was last written down. That is done for all of them at once, when nobody waits for it: a
/// session that brings nothing should wait for no disk, and be answered also where the disk is full.
package final class HubContacts: Sendable {
  private struct Heard {
    var contacts: [LogID: Contact] = [:]
    /// The first of them, or when they could not be written.
    var since: ContinuousClock.Instant?
  }

  private let ledger: Ledger
  private let secondsMax: Int
  private let heard = Mutex(Heard())

  /// `secondsMax`: a hub that is never quiet writes after so long, beside its work.
  package init(_ ledger: Ledger, secondsMax: Int = 60) {
    self.ledger = ledger
    self.secondsMax = secondsMax
  }

  /// `now`: when the hello came, whatever it had to wait for since.
  package func note(_ hello: Scorebook_V1_Hello, at now: Instant) throws {
    guard let contact = try ledger.contact(saying: hello, at: now) else { return }
    let isDue = heard.withLock { heard in
      heard.contacts[contact.log] = contact
      let since = heard.since ?? .now
      heard.since = since
      return .now - since >= .seconds(secondsMax)
    }
    if isDue { write() }
  }

  /// What cannot be written down now is kept for the next time.
  package func write() {
    let contacts = heard.withLock { heard in
      heard.since = heard.contacts.isEmpty ? nil : .now
      return heard.contacts.values.sorted { $0.log < $1.log }
    }
    guard !contacts.isEmpty, (try? ledger.note(contacts)) != nil else { return }
    heard.withLock { heard in
      for contact in contacts where heard.contacts[contact.log] == contact {
        heard.contacts[contact.log] = nil
      }
      if heard.contacts.isEmpty { heard.since = nil }
    }
  }
}
