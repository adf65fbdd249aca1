package import LedgerCore
package import LedgerSchema
package import LedgerSync

/// A ledger on the same machine as the other side of a session: it gives the one who asks what may be given to it.
package struct LocalPeer: Peer {
  private let ledger: Ledger
  private let reader: LogID

  /// `reader`: the log of the ledger that asks.
  package init(_ ledger: Ledger, for reader: LogID) {
    self.ledger = ledger
    self.reader = reader
  }

  package func hello(for mine: Holdings) throws -> Scorebook_V1_Hello {
    var hello = try ledger.hello(answering: mine.hello)
    // That of this machine, which may not be the one that the ledger is kept on.
    hello.wallClockUs = 0
    return hello
  }

  package func answers(
    to questions: [Scorebook_V1_ForkQuestion]
  ) throws -> [Scorebook_V1_ForkAnswer] {
    try ledger.answers(to: questions)
  }

  package func forEachBatch(
    of want: Scorebook_V1_Want, _ body: (Scorebook_V1_Batch) throws -> Void
  ) throws {
    try ledger.forEachBatch(of: want, for: .log(reader), body)
  }

  package func receive(everythingFrom other: Ledger) throws -> SyncReport {
    try ledger.receive(everythingFrom: other)
  }
}
