import Crypto
import LedgerCore
import LedgerSchema
import LedgerStore
package import LedgerSync

extension Ledger {
  /// Syncs two ledgers on one machine, both ways.
  ///
  /// - Throws: `SyncRefusal` when the ledgers are strangers, and when the other one has not the key of its own log;
  ///   `LedgerError.ownFile` when they are one.
  public func sync(with other: Ledger) throws -> (here: SyncReport, there: SyncReport) {
    if let path = other.store.path, isStored(at: path) { throw LedgerError.ownFile(path) }
    guard try other.ledgerID != ledgerID || hasOwnKey(other) else {
      throw SyncRefusal.unproven(log: other.log)
    }
    return try sync(withPeer: LocalPeer(other, for: log))
  }

  /// Syncs with a peer, both ways, whatever carries the messages.
  package func sync(withPeer peer: some Peer) throws -> (here: SyncReport, there: SyncReport) {
    let there = try peer.receive(everythingFrom: self)
    let here = try receive(everythingFromPeer: peer)
    // What the session made us record (an enrolment, an acknowledgement) the other side hears at once.
    let again = try peer.receive(everythingFrom: self)
    var report = there
    report.add(again)
    // It may have brought the enrolment of what was pending before; where it brought nothing, it did not ask.
    if again.received == 0 { report.pending = there.pending }
    var own = here
    own.sent = report.received
    report.sent = own.received
    return (own, report)
  }

  /// One way: what the other has and this ledger lacks.
  package func receive(everythingFrom other: Ledger) throws -> SyncReport {
    try receive(everythingFromPeer: LocalPeer(other, for: log))
  }

  /// One way: what the peer has and this ledger lacks.
  ///
  /// `hasAsked`: whether this ledger began the session. Of two that have one own log whoever asks leaves it: a request
  /// may also be its own, which somebody has handed back to it.
  package func receive(
    everythingFromPeer peer: some Peer, hasAsked: Bool = true
  ) throws -> SyncReport {
    var session = SyncSession(mine: try holdings())
    let plan = try session.receive(try peer.hello(for: session.mine))
    let receiver = try SyncReceiver(self, session: session)
    let inquiry = ForkInquiry(self) { try peer.answers(to: $0) }
    let parted = try settleForks(plan, inquiry, receiver, hasAsked: hasAsked)
    let want = plan.want(except: parted, texts: try missingTexts())
    if !want.isNothing {
      try receiver.receive { take in try peer.forEachBatch(of: want, take) }
    }
    try settleOwnLog(inquiry, receiver)
    // Also where nothing is new: the session that brought the last of it may have broken off before it was finished.
    return try finish(receiver)
  }

  /// What this ledger holds, each head with its writer's signature. The own head is signed here.
  package func holdings() throws -> Holdings {
    let heads = try store.read { database, state in
      try refreshIdentity(database, state)
      // Numbers are sorted, not heads: those are large, and a hub has hundreds of them for every request.
      let numbers = state.logs.indices.filter { state.logs[$0].size > 0 }
        .sorted { state.logs[$0].id < state.logs[$1].id }
      return try numbers.compactMap { try promisedHead(of: state.logs[$0], database) }
    }
    return Holdings(
      ledger: identity.ledger, log: identity.log, site: identity.site,
      software: Self.software, heads: heads, wallClock: surroundings.now())
  }

  /// Nil for a log whose held prefix no signed head covers; it is sent when one does.
  func promisedHead(of log: LogState, _ database: Connection) throws -> PromisedHead? {
    if log.id == identity.log {
      return PromisedHead(log: log.id, chain: try signedHead(of: log, key: identity.signingKey()))
    }
    guard let row = log.signed else { return nil }
    if row.held == log.size {
      return PromisedHead(log: log.id, chain: row.chain(root: log.frontier.root))
    }
    // The signed head is older than what is held: then that much can be promised.
    guard row.size <= log.size else { return nil }
    let root = try log.root(ofSize: row.size, database)
    return PromisedHead(
      log: log.id, chain: HeadChain(signed: row.size, root: root, note: row.note))
  }

  /// The head of an own log, signed now.
  func signedHead(of log: LogState, key: Curve25519.Signing.PrivateKey) throws -> HeadChain {
    let origin = CheckpointOrigin(ledger: identity.ledger, log: log.id)
    let note = try NoteSigner(name: origin.name, key: key).signCheckpoint(
      size: log.size, root: log.frontier.root)
    return HeadChain(signed: log.size, root: log.frontier.root, note: note.description)
  }

  private static let checkpointEventsMin = 4_096

  /// Settles forks, enrols who was invited, confirms who goes on, acknowledges erasures, and counts what is pending.
  package func finish(_ receiver: SyncReceiver) throws -> SyncReport {
    try settleForks(after: receiver)
    var report = receiver.report
    report.enrolled = try enrolInvited()
    try confirmHeirs()
    try obeyErasures()
    try observeWhatIsHeld()
    try receiver.noteQuietContact()
    // A small session leaves the write-ahead log as it is: emptying it costs more waits for the disk than the session.
    if report.received >= Self.checkpointEventsMin { try store.checkpointIfUnread() }
    report.pending = try store.read { _, state in
      state.logs.reduce(0) { $0 + ($1.size - min($1.size, UInt64($1.limit))) }
    }
    return report
  }
}
