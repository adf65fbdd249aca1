package import FeedbackLedger
package import LedgerCore
package import LedgerSchema
import LedgerStore
package import LedgerSync
import TestSupport

/// A small company, the same in every process: keys and ids follow from a seed, so that bytes which were made for it in
/// one process mean the same in the next one.
package struct Stage: Sendable {
  /// The authority, and a branch whose keys a hostile program has.
  package let authority: Ledger
  package let branch: Ledger
  /// For a third site, which each input gets a new ledger of.
  private let invitation: InvitationFile
  /// What the branch holds, for that site.
  private let base: (hello: Scorebook_V1_Hello, batches: [Scorebook_V1_Batch])

  package static let zone = ZoneOffsets(iana: "Europe/Berlin") ?? .utc
  /// Some log that nothing is known of.
  package static let log = LogID(high: 0x0123_4567_89AB_CDEF, low: 0xFEDC)
  private static let reader = "reader"

  /// Made once in a process.
  package static let shared = Result { try Stage() }

  private init() throws {
    var world = try World(seed: 11, branches: 1)
    invitation = try world.authority.invite(Self.reader)
    try world.record(2, at: 1)
    // Whose text and commitment travel together.
    let answer = EventDraft(
      Bodies.response([Bodies.nps(3)]), texts: [EventDraft.Text(field: .comment, text: "slow")])
    _ = try world.ledgers[1].record([answer])
    try world.converge()
    authority = world.sites[0].ledger
    branch = world.sites[1].ledger
    let holdings = try branch.holdings()
    let want = Self.everything(of: holdings)
    base = (holdings.hello, try branch.batches(of: want, for: .anyone, max: .max))
  }

  /// What whoever holds nothing asks of whoever holds this.
  package static func everything(of holdings: Holdings) -> Scorebook_V1_Want {
    Scorebook_V1_Want(holdings.heads.map { ($0.log, 1...$0.head.size) })
  }

  /// The third site's ledger, in memory, which holds what the branch holds.
  package func makeReader() throws -> Ledger {
    let clock = WallClock(WallClock.start, seed: 12)
    let ledger = try Ledger.create(
      at: nil, site: Self.reader, invitation: invitation, surroundings: clock.surroundings)
    _ = try Self.deliver(base.hello, base.batches, to: ledger)
    return ledger
  }

  /// As a session with a peer does it.
  static func deliver(
    _ hello: Scorebook_V1_Hello, _ batches: [Scorebook_V1_Batch], to ledger: Ledger
  ) throws -> SyncReport {
    var session = SyncSession(mine: try ledger.holdings())
    _ = try session.receive(hello)
    let receiver = try SyncReceiver(ledger, session: session)
    for batch in batches { try receiver.receive(batch) }
    return try ledger.finish(receiver)
  }
}
