import Synchronization

/// The identity that all copies of a `Ledger` value share: it changes when the own log goes on in a successor.
final class IdentityCell: Sendable {
  private let identity: Mutex<LedgerIdentity>

  init(_ identity: LedgerIdentity) {
    self.identity = Mutex(identity)
  }

  var current: LedgerIdentity { identity.withLock { $0 } }

  func replace(_ newer: LedgerIdentity) {
    identity.withLock { $0 = newer }
  }
}
