public import LedgerCore
package import LedgerStore

/// A ledger of customer feedback in one file. Values may be shared between tasks; the file may be shared between
/// processes.
///
/// ```swift
/// let ledger = try Ledger.open(at: "branch.ledger")
/// let score = try ledger.score(ScoreRequest(metric: "nps"))
/// ```
public struct Ledger: Sendable {
  package let store: Store
  package let surroundings: Surroundings
  package let identity: LedgerIdentity

  /// The IANA zone of the kept counters: days, weeks and months are counted in it unless another is asked for.
  public var timeZone: String { store.zone.name }

  /// The site that records here.
  public var site: String { identity.site }

  /// The log that this ledger writes to.
  public var log: LogID { identity.log }

  /// SHA-256 of the genesis entry: the ledger's identity at every site.
  public var ledgerID: Digest256 { identity.ledger }

  package init(store: Store, surroundings: Surroundings, identity: LedgerIdentity) {
    self.store = store
    self.surroundings = surroundings
    self.identity = identity
  }
}
