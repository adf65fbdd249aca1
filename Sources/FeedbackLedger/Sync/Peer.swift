import LedgerCore
package import LedgerSchema
package import LedgerSync

/// The other side of a session, whatever carries the messages: a ledger on the same machine, a hub behind a
/// connection, or a site that pushes to this hub. All say the same; one driver (`Ledger.sync(withPeer:)`) asks them.
package protocol Peer: Sendable {
  /// What the peer holds, seen from `mine`: its heads are signed where it holds more.
  func hello(for mine: Holdings) throws -> Scorebook_V1_Hello

  /// One answer for each question, in their order.
  func answers(
    to questions: [Scorebook_V1_ForkQuestion]
  ) throws -> [Scorebook_V1_ForkAnswer]

  /// Calls `body` with what is wanted, one batch after another, in the order in which it arrived at the peer. Runs on
  /// another thread than the questions.
  func forEachBatch(
    of want: Scorebook_V1_Want, _ body: (Scorebook_V1_Batch) throws -> Void
  ) throws

  /// The other way: what `ledger` has and the peer lacks.
  func receive(everythingFrom ledger: Ledger) throws -> SyncReport
}
