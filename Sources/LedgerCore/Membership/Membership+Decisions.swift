import LedgerSchema

/// What the authority and its delegates say of logs.
extension Membership {
  /// `recorded`: by the clock of whoever decided, in microseconds.
  typealias PlacedDecision = (
    address: Address, recorded: Int64, decision: MembershipEvent.Decision
  )

  /// A revocation beats a concurrent enrolment, so all decisions are read before any is applied. The authority's own
  /// come first: they say how far a delegate's count.
  mutating func apply(_ decisions: [PlacedDecision]) {
    let own = decisions.filter { isAuthority($0.address.log) && isDecision($0.address) }
    for (address, _, decision) in own { apply(decision, by: address.log) }
    enrol(own) { $0 }
    applyDelegated(decisions.filter { !isAuthority($0.address.log) })
  }

  private mutating func apply(_ decision: MembershipEvent.Decision, by author: LogID) {
    switch decision {
    case .enrolled: return  // All of them together.
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
      for (_, _, decision) in counting { applyDelegated(decision) }
      let reserved = Set(counting.compactMap(\.decision.log).filter(isReserved))
      enrol(counting) { enrolment in
        var enrolment = enrolment
        if LogID(bytes: enrolment.log).map(reserved.contains) == true {
          enrolment.withoutText = false
        }
        return enrolment
      }
    }
  }

  /// Of the logs that show one invitation all are let in that a person has approved, and of the others the first that
  /// was enrolled, by the clocks of those who did; none where an earlier word has used it.
  private mutating func enrol(
    _ decisions: [PlacedDecision],
    _ read: (Scorebook_V1_SiteEnrolled) -> Scorebook_V1_SiteEnrolled
  ) {
    typealias Place = (recorded: Int64, log: LogID, seq: UInt64)
    var enrolments: [(place: Place, enrolment: Scorebook_V1_SiteEnrolled)] = []
    for (address, recorded, decision) in decisions {
      guard case .enrolled(let enrolment) = decision else { continue }
      enrolments.append(((recorded, address.log, address.seq), read(enrolment)))
    }
    for (place, enrolment) in enrolments.sorted(by: { $0.place < $1.place })
    where !isContested(enrolment, by: place.log) { enrol(enrolment, by: place.log) }
  }

  /// Whether the invitation that the log shows has let in another one, and no person has said that this one belongs.
  func isContested(_ enrolment: Scorebook_V1_SiteEnrolled, by author: LogID) -> Bool {
    guard !enrolment.approved, let log = LogID(bytes: enrolment.log), let member = members[log]
    else { return false }
    return usedInvitations.isUsed(member.invitationKey, byOtherThan: log, author: author)
  }

  /// A delegate decides about everybody but those who decide; of them it may say that they belong. Who decides, and who
  /// is given texts, is the authority's to say.
  private mutating func applyDelegated(_ decision: MembershipEvent.Decision) {
    guard let log = decision.log else { return }
    switch decision {
    case .enrolled: return  // All of them together.
    case .revoked(let revocation): if !isReserved(log) { revoke(revocation) }
    case .retired(let retirement): if !isReserved(log) { retire(retirement) }
    case .delegated, .textsWithheld: return
    }
  }

  mutating func enrol(_ enrolment: Scorebook_V1_SiteEnrolled, by author: LogID) {
    guard let log = LogID(bytes: enrolment.log) else { return }
    confirm(log)
    // Its rights are those of the log that it goes on from, whatever else is said of that one.
    if heirs.isHeir(log), !enrolment.approved { return }
    if !enrolment.approved, let member = members[log] {
      usedInvitations.note(member.invitationKey, by: log, author: author)
    }
    members[log]?.isEnrolled = true
    textGrants.note(enrolment)
  }

  /// Not an heir of those who decide: what they have decided has been read by then, as far as they count.
  private mutating func confirm(_ heir: LogID) {
    guard let predecessor = members[heir]?.predecessor, !isAuthority(predecessor) else { return }
    heirs.confirm(heir)
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
