package import LedgerSchema

/// Who counts, inside one cut. Evaluated from the cut's own events, so that arrival order never matters.
///
/// The authority's log counts; a log it enrolled counts, up to its revocation or retirement; the successor of a log
/// that counts inherits that; everything else is pending. A log that is proven to have forked counts up to its lowest
/// proven fork point, whichever branch is held; one whose key was given up, up to where its heir goes on. Where the
/// recovery key of the genesis names another authority, the ones before it count and decide as far as it says.
package struct Membership: Sendable {
  /// What is known of one log from its first event.
  package struct Member: Sendable {
    package var log: LogID
    package var site: String
    package var publicKey: [UInt8]
    package var predecessor: LogID?
    /// The item of the invitation that it shows.
    var invitation: ItemID?
    /// The public key of that invitation; empty where it shows none.
    var invitationKey: [UInt8] = []
    package var isEnrolled = false
    package var isAuthority = false
    /// The last seq that counts, where something limits it.
    package var limit: UInt64 = .max
  }

  package let ledger: Digest256
  let genesis: LogID
  package internal(set) var members: [LogID: Member] = [:]
  var revoked: Set<LogID> = []
  var heirs = Heirs()
  /// What the genesis says may name another authority; empty where it names no such key.
  package private(set) var recoveryKey: [UInt8] = []
  private var replacements = Replacements()
  var delegations = Delegations()
  var textGrants = TextGrants()
  var mentions = Mentions()
  var usedInvitations = UsedInvitations()
  private var authorityRoots: [LogID] = []
  private var checked: CheckedSignatures
  /// Every proof of a fork that holds, in the order of the events.
  package private(set) var forkProofs: [ForkEvidence] = []
  /// The lowest last common seq of every log that is proven to have forked.
  package private(set) var forks: [LogID: UInt64] = [:]
  /// Proofs that stand only in the tail of a log that forked itself: who holds another branch of it lacks them.
  package private(set) var unsettledProofs: [ForkEvidence] = []

  /// - Parameters:
  ///   - ledger: the digest of the genesis entry.
  ///   - genesis: the log that holds it.
  ///   - events: the context events of the cut, each log's in its own order; how they are mixed changes no answer.
  ///   - other: of the same ledger at another cut: what it knows of signatures is not found out again.
  package init(
    ledger: Digest256, genesis: LogID,
    events: some Sequence<(address: Address, event: Scorebook_V1_Event)>,
    knowing other: Membership? = nil
  ) {
    self.ledger = ledger
    self.genesis = genesis
    checked = other?.checked ?? CheckedSignatures()
    let events = events.compactMap { address, event in
      MembershipEvent(event).map {
        (address: address, recorded: event.meaning.recordedUs, event: $0)
      }
    }
    var decisions: [PlacedDecision] = []
    var proofs: [(Address, Scorebook_V1_ForkProven)] = []
    var replaced: [Scorebook_V1_AuthorityReplaced] = []
    for (address, recorded, event) in events {
      switch event {
      case .logStarted(let start): admit(start, at: address)
      case .decided(let decision): decisions.append((address, recorded, decision))
      case .forkProven(let proof): proofs.append((address, proof))
      case .authorityReplaced(let replacement): replaced.append(replacement)
      }
    }
    honour(replaced)
    verifySuccessions()
    markAuthorities([genesis] + replacements.logs)
    honour(proofs)
    apply(decisions)
    for (address, _, event) in events { mentions.note(event, isCounted: isDecision(address)) }
  }

  /// Whether the log decides who joins, or did until it was replaced.
  package func isAuthority(_ log: LogID) -> Bool {
    members[log]?.isAuthority ?? false
  }

  /// Whether what the log writes now is decided: it is the authority's, and nobody was put in its place.
  package func isInOffice(_ log: LogID) -> Bool {
    isAuthority(log) && !replacements.isReplaced(log)
  }

  /// Whether the log was put in the authority's place and still is: what the one before it may have said of it, before
  /// or since, is not its to say.
  func isReplacement(_ log: LogID) -> Bool {
    replacements.logs.contains(log) && !replacements.isReplaced(log)
  }

  /// The last seq of the log that counted when another authority was put in its place; the highest where none was.
  package func replacedEnd(of log: LogID) -> UInt64 { replacements.end(of: log) }

  /// Whether another authority was put in the first one's place.
  package var hasReplacement: Bool { authorityRoots.count > 1 }

  /// Whether what stands there is decided for all, by the authority or in its place.
  package func isDecision(_ address: Address) -> Bool {
    isAuthority(address.log) ? address.seq <= end(of: address.log) : isDelegated(address)
  }

  /// The keys that sign invitations, or did.
  package var authorityKeys: [[UInt8]] {
    authorityRoots.compactMap { members[$0]?.publicKey }
  }

  /// Whether the log decides who joins, in the authority's place too: a delegate does as long as it counts.
  package func mayDecide(_ log: LogID) -> Bool {
    isInOffice(log)
      || (delegations.end(of: log, predecessor: inherited) == .max && limit(of: log) == .max)
  }

  /// Whether only the authority decides about the log: it decides itself, or did, or one that goes on from it does.
  package func isReserved(_ log: LogID) -> Bool {
    isInOffice(log) || isDelegate(log)
      || delegations.logs.contains { descends($0, from: log) }
  }

  /// Whether the log was to decide in the authority's place, until now or for a time.
  func isDelegate(_ log: LogID) -> Bool {
    delegations.end(of: log, predecessor: inherited) != nil
  }

  /// Whether it was decided that the reader is not given the texts of a log: it is given its own site's only.
  package func withholdsTexts(of log: LogID, from reader: LogID) -> Bool {
    isWithoutText(reader) && members[log]?.site != members[reader]?.site
  }

  /// Whether it was decided that the log is given no texts but its own site's.
  package func isWithoutText(_ log: LogID) -> Bool {
    textGrants.withholds(from: log, predecessor: inherited, outranks: outranks)
  }

  /// Whether what the first log decides counts before what the second one does: it is in office and the other is not,
  /// or it goes on from the other.
  private func outranks(_ first: LogID, _ second: LogID) -> Bool {
    isInOffice(first) == isInOffice(second)
      ? first != second && descends(first, from: second) : isInOffice(first)
  }

  /// Whether texts of a log may be given to the reader: to whoever holds the log's own key, and to members that were
  /// not retired and that texts are not withheld from. A log that is pending is nobody's yet, and whoever has a key
  /// that was given up may be anybody.
  package func mayRead(textsOf log: LogID, reader: LogID) -> Bool {
    if isGivenUp(reader) { return false }
    if reader == log || descends(reader, from: log) { return true }
    guard limit(of: reader) > 0, members[reader]?.limit == .max else { return false }
    return !withholdsTexts(of: log, from: reader)
  }

  /// Whether the log's key was given up for another one.
  package func isGivenUp(_ log: LogID) -> Bool { heirs.isGivenUp(log) }

  /// The logs that go on with a new key and count, and of which nobody who decides has said so yet; who decides
  /// inherits that from nobody's word. Ascending.
  package var unconfirmedHeirs: [LogID] {
    heirs.unconfirmed
      .filter { !isAuthority($0) && inherited($0) != nil && limit(of: $0) > 0 && !isRevoked($0) }
      .sorted()
  }

  private func isDelegated(_ address: Address) -> Bool {
    guard let end = delegations.end(of: address.log, predecessor: inherited) else { return false }
    return address.seq <= min(end, limit(of: address.log))
  }

  /// The last seq that the log's writer vouches for, whatever was decided about it.
  private func end(of log: LogID) -> UInt64 { min(forks[log] ?? .max, givenEnd(of: log)) }

  /// Where its key was given up, or another authority put in its place.
  private func givenEnd(of log: LogID) -> UInt64 {
    min(heirs.end(of: log), replacements.end(of: log))
  }

  /// The log that this one has its rights from.
  private func inherited(_ log: LogID) -> LogID? {
    members[log]?.predecessor.flatMap {
      heirs.inherits(log, from: $0) && replacements.inherits(log, from: $0) ? $0 : nil
    }
  }

  /// Whether the log was revoked, or one that it succeeds.
  package func isRevoked(_ log: LogID) -> Bool {
    if isReplacement(log) { return false }
    var current: LogID? = log
    // A chain is at most as long as there are logs; a loop of predecessors ends here too.
    for _ in 0...members.count {
      guard let log = current else { return false }
      if revoked.contains(log) { return true }
      current = members[log]?.predecessor
    }
    return false
  }

  /// Whether a log may speak for a forked one: as its successor, or as the authority.
  package func mayRepeat(_ forked: LogID, in log: LogID) -> Bool {
    isAuthority(log) || descends(log, from: forked)
  }

  /// The last seq of the log that counts; 0 when the log is pending.
  package func limit(of log: LogID) -> UInt64 { limit(of: log, fork: forks[log] ?? .max) }

  /// The same, were it not forked: who decides about the log has let it come so far.
  package func admittedLimit(of log: LogID) -> UInt64 { limit(of: log, fork: .max) }

  private func limit(of log: LogID, fork: UInt64) -> UInt64 {
    guard let decided = members[log]?.limit else { return 0 }
    let own = min(decided, fork, givenEnd(of: log))
    var current = log
    // A chain is at most as long as there are logs; a loop of predecessors ends here too.
    for _ in 0...members.count {
      guard let member = members[current] else { return 0 }
      if member.isAuthority || member.isEnrolled { return member.limit == 0 ? 0 : own }
      // What a retired site begins afterwards, nobody has decided about: it waits like a stranger.
      guard let predecessor = inherited(current), !revoked.contains(predecessor),
        member.limit != .max || members[predecessor]?.limit == .max
      else { return 0 }
      current = predecessor
    }
    return 0
  }

  /// What of the clock counts.
  package func counted(_ clock: VectorClock) -> VectorClock {
    VectorClock(
      clock.entries.map { Address(log: $0.log, seq: min($0.seq, limit(of: $0.log))) })
  }

  mutating func admit(_ start: Scorebook_V1_LogStarted, at address: Address) {
    // A log starts once.
    guard address.seq == 1 else { return }
    let log = address.log
    if log == genesis { recoveryKey = ProtobufBytes.array(start.recoveryKey) }
    var member = Member(log: log, site: start.site, publicKey: ProtobufBytes.array(start.publicKey))
    let goesOn = start.hasPredecessor && !start.hasInvitation
    if goesOn { member.predecessor = LogID(bytes: start.predecessor.head.log) }
    if start.hasInvitation {
      member.invitation = ItemID(bytes: start.invitation.id)
      member.invitationKey = ProtobufBytes.array(start.invitation.publicKey)
    }
    members[log] = member
    let isRotated = goesOn && start.predecessor.reason == .rotated
    successions[log] = Succession(
      signature: ProtobufBytes.array(start.predecessor.signature),
      rotatedAt: isRotated ? start.predecessor.head.size : nil)
  }

  /// What a log's first event says of the one before it.
  private struct Succession: Sendable {
    var signature: [UInt8]
    /// The predecessor's size where its key was given up.
    var rotatedAt: UInt64?
  }

  private var successions: [LogID: Succession] = [:]

  /// Succession is by signature; one that does not verify names no predecessor.
  private mutating func verifySuccessions() {
    for (log, member) in members.sorted(by: { $0.key < $1.key }) {
      guard let predecessor = member.predecessor else { continue }
      let payload = SigningPayload.succession(
        ledger: ledger, predecessor: predecessor, log: log, logKey: member.publicKey)
      let key = members[predecessor]?.publicKey ?? []
      guard checked.isValid(successions[log]?.signature ?? [], of: payload, key: key) else {
        members[log]?.predecessor = nil
        continue
      }
      // Whoever stole the key of a replaced authority must not give it up in its place.
      if let size = successions[log]?.rotatedAt, replacements.inherits(log, from: predecessor) {
        heirs.note(log, of: predecessor, after: size)
      }
    }
  }

  /// Verified, wherever they stand: whoever has the recovery key needs nobody's rights.
  private mutating func honour(_ replaced: [Scorebook_V1_AuthorityReplaced]) {
    for message in replaced {
      guard let replacement = AuthorityReplacement(message),
        members[replacement.log]?.publicKey == replacement.publicKey,
        checked.isValid(
          ProtobufBytes.array(message.signature), of: replacement.payload(ledger: ledger),
          key: recoveryKey)
      else { continue }
      replacements.note(replacement)
      for end in replacement.ended { restrict(end.log, to: end.seq) }
    }
  }

  /// Those who decide, and what goes on from them.
  private mutating func markAuthorities(_ roots: [LogID]) {
    authorityRoots = roots
    for log in members.keys.sorted()
    where roots.contains(where: { descends(log, from: $0) }) {
      members[log]?.isAuthority = true
    }
  }

  func descends(_ log: LogID, from ancestor: LogID) -> Bool {
    var current = log
    // A chain is at most as long as there are logs; a loop of forged predecessors ends here too.
    for _ in 0...members.count {
      if current == ancestor { return true }
      guard let predecessor = inherited(current) else { return false }
      current = predecessor
    }
    return false
  }

  /// Verified, wherever they stand: who merely claims a fork silences nobody, and who proves one need not be believed,
  /// so that also a tail that counts nowhere may hold a proof.
  private mutating func honour(_ proofs: [(Address, Scorebook_V1_ForkProven)]) {
    var held: [(address: Address, evidence: ForkEvidence)] = []
    for (address, proof) in proofs {
      guard let evidence = ForkEvidence(proof), let key = members[evidence.log]?.publicKey,
        checked.holds(evidence, ledger: ledger, key: key)
      else { continue }
      held.append((address, evidence))
      forks[evidence.log] = min(forks[evidence.log] ?? .max, evidence.commonSeq)
    }
    forkProofs = held.map(\.evidence)
    var settled: [LogID: UInt64] = [:]
    for (address, evidence) in held where address.seq <= forks[address.log] ?? .max {
      settled[evidence.log] = min(settled[evidence.log] ?? .max, evidence.commonSeq)
    }
    unsettledProofs = forkProofs.filter {
      $0.commonSeq == forks[$0.log] && settled[$0.log] != $0.commonSeq
    }
  }
}
