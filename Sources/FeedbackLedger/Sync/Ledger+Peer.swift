import LedgerCore
package import LedgerSchema
import LedgerStore
import LedgerSync

/// What a ledger says as somebody's peer: on the same machine, and through a hub.
extension Ledger {
  /// `signsUnstated`: signs also heads of which the peer has not said how much it holds.
  /// - Throws: `SyncRefusal` for a stranger's hello, and for one that asks for a proof in a wrong way.
  package func hello(
    answering theirs: Scorebook_V1_Hello, signsUnstated: Bool = false
  ) throws -> Scorebook_V1_Hello {
    while true {
      var hello = try holdings().hello(answering: theirs, signsUnstated: signsUnstated)
      hello.missingTexts = try missingTexts()
      // Another request may have begun a successor meanwhile: what is said is said by one log.
      let me = identity
      guard LogID(bytes: hello.log) == me.log else { continue }
      try provePresence(of: me, in: &hello, to: theirs)
      return hello
    }
  }

  package func answers(
    to questions: [Scorebook_V1_ForkQuestion]
  ) throws -> [Scorebook_V1_ForkAnswer] {
    try questions.map { try answer($0) }
  }

  /// Calls `body` with what is wanted, one batch after another, in the order in which it arrived here.
  package func forEachBatch(
    of want: Scorebook_V1_Want, for audience: TextAudience,
    _ body: (Scorebook_V1_Batch) throws -> Void
  ) throws {
    let plan = try SyncSession.Plan(sending: want)
    try store.read { database, state in
      try SyncSender(database, state, for: audience)
        .forEachBatch(plan.limited(to: state.clock), body)
    }
    try forEachBatch(ofTexts: want.missingTexts, for: audience, body)
  }

  /// The first of what is wanted, as many batches as one request or answer holds; none when there is nothing more. A
  /// read of its own: nobody waits for a network inside of one.
  package func batches(
    of want: Scorebook_V1_Want, for audience: TextAudience, max: Int
  ) throws -> [Scorebook_V1_Batch] {
    var batches: [Scorebook_V1_Batch] = []
    do {
      try forEachBatch(of: want, for: audience) { batch in
        batches.append(batch)
        if batches.count >= max { throw PieceIsFull() }
      }
    } catch is PieceIsFull {
      // The rest is asked for again.
    }
    return batches
  }

  /// Thrown to leave off between two batches; never leaves this file.
  private struct PieceIsFull: Error {}
}
