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
  private let cell: IdentityCell
  /// For the batches that sessions have prepared and not yet stored: two transactions full.
  let preparedBatches = Allowance(2 * SyncReceiver.batchesPerTransaction)

  /// Who this ledger is now: all copies of the value see it when the log goes on in a successor.
  package var identity: LedgerIdentity { cell.current }

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
    cell = IdentityCell(identity)
  }

  /// Reads who this ledger is again, where another process has started a successor log in its file.
  func refreshIdentity(_ database: Connection, _ state: StoreState) throws {
    guard let own = state.ownLog, own.id != identity.log else { return }
    cell.replace(try LedgerIdentity(reading: database, state))
  }

  /// The key of the own log signs invitations from here on.
  func takeOffice(_ appender: Appender) throws {
    try LocalSetting.authoritySecret.set(identity.logKey, in: appender.connection)
    cell.replace(try LedgerIdentity(reading: appender.connection, appender.state))
  }
}
