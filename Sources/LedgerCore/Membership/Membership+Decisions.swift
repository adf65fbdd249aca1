import LedgerSchema

/// What the authority and its delegates say of logs.
extension Membership {
  typealias PlacedDecision = (address: Address, decision: MembershipEvent.Decision)

  /// A revocation beats a concurrent enrolment, so all decisions are read before any is applied. The authority's own
  /// come first: they say how far a delegate's count.
  mutating func apply(_ decisions: [PlacedDecision]) {
    for (address, decision) in decisions where isAuthority(address.log) && isDecision(address) {
      apply(decision, by: address.log)
    }
    applyDelegated(decisions.filter { !isAuthority($0.address.log) })
  }

  private mutating func apply(_ decision: MembershipEvent.Decision, by author: LogID) {
    switch decision {
    case .enrolled(let enrolment): enrol(enrolment)
    case .revoked(let revocation): revoke(revocation)
    case .retired(let retirement): retire(retirement)
    case .delegated(let delegation): delegations.note(delegation)
    case .textsWithheld(let word): textGrants.note(word, by: author)
    }
  }

  /// Who is enrolled by a delegate may be one too, so that its decisions count as well, whichever came first. Delegates
  /// take nothing from each other, so that the end is the same in whatever order they are read.
  private mutating func applyDelegated(_ decisions: [PlacedDecision]) {
    var waiting = decisions
    while true {
      let counting = waiting.filter { isDecision($0.address) }
      if counting.isEmpty { return }
      waiting.removeAll { isDecision($0.address) }
      for (_, decision) in counting { applyDelegated(decision) }
    }
  }

  /// A delegate decides about everybody but those who decide; of them it may say that they belong. Who decides, and who
  /// is given texts, is the authority's to say.
  private mutating func applyDelegated(_ decision: MembershipEvent.Decision) {
    guard let log = decision.log else { return }
    switch decision {
    case .enrolled(var enrolment):
      if isReserved(log) { enrolment.withoutText = false }
      enrol(enrolment)
    case .revoked(let revocation): if !isReserved(log) { revoke(revocation) }
    case .retired(let retirement): if !isReserved(log) { retire(retirement) }
    case .delegated, .textsWithheld: return
    }
  }

  mutating func enrol(_ enrolment: Scorebook_V1_SiteEnrolled) {
    guard let log = LogID(bytes: enrolment.log) else { return }
    members[log]?.isEnrolled = true
    textGrants.note(enrolment)
  }

  private mutating func revoke(_ revocation: Scorebook_V1_SiteRevoked) {
    guard let log = LogID(bytes: revocation.log), !isReplacement(log) else { return }
    revoked.insert(log)
    restrict(log, to: revocation.afterSeq)
  }

  private mutating func retire(_ retirement: Scorebook_V1_SiteRetired) {
    guard let log = LogID(bytes: retirement.finalHead.log), !isReplacement(log) else { return }
    restrict(log, to: retirement.finalHead.size)
  }

  mutating func restrict(_ log: LogID, to seq: UInt64) {
    guard let member = members[log] else { return }
    members[log]?.limit = min(member.limit, seq)
  }
}
