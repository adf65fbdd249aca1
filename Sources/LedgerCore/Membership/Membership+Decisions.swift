import LedgerSchema

/// What the authority and its delegates say of logs.
extension Membership {
  /// What may say something of a log, if it stands where that counts.
  struct Decision {
    var address: Address
    var event: Scorebook_V1_Event
  }

  /// A revocation beats a concurrent enrolment, so all decisions are read before any is applied. The authority's own
  /// come first: they say how far a delegate's count.
  mutating func apply(_ decisions: [Decision]) {
    for decision in decisions
    where isAuthority(decision.address.log) && isDecision(decision.address) { apply(decision) }
    applyDelegated(decisions.filter { !isAuthority($0.address.log) })
  }

  private mutating func apply(_ decision: Decision) {
    switch decision.event.body {
    case .siteEnrolled(let enrolment): enrol(enrolment)
    case .siteRevoked(let revocation): revoke(revocation)
    case .siteRetired(let retirement): retire(retirement)
    case .authorityDelegated(let delegation): delegations.note(delegation)
    case .textsWithheld(let word): textGrants.note(word, by: decision.address.log)
    default: break  // Only decisions about logs are read here.
    }
  }

  /// Who is enrolled by a delegate may be one too, so that its decisions count as well, whichever came first. Delegates
  /// take nothing from each other, so that the end is the same in whatever order they are read.
  private mutating func applyDelegated(_ decisions: [Decision]) {
    var waiting = decisions
    while true {
      let counting = waiting.filter { isDecision($0.address) }
      if counting.isEmpty { return }
      waiting.removeAll { isDecision($0.address) }
      for decision in counting { applyDelegated(decision.event) }
    }
  }

  /// A delegate decides about everybody but those who decide; of them it may say that they belong.
  private mutating func applyDelegated(_ event: Scorebook_V1_Event) {
    switch event.body {
    case .siteEnrolled(let enrolment): enrolByDelegate(enrolment)
    case .siteRevoked(let revocation):
      if !isReserved(revocation.log) { revoke(revocation) }
    case .siteRetired(let retirement):
      if !isReserved(retirement.finalHead.log) { retire(retirement) }
    default: break  // Who decides is the authority's to say.
    }
  }

  /// Which texts somebody who decides is given is the authority's to say.
  private mutating func enrolByDelegate(_ enrolment: Scorebook_V1_SiteEnrolled) {
    var enrolment = enrolment
    if isReserved(enrolment.log) { enrolment.withoutText = false }
    enrol(enrolment)
  }

  private func isReserved(_ log: some Collection<UInt8>) -> Bool {
    LogID(bytes: log).map(isReserved) ?? false
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
