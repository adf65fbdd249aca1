import LedgerSchema

/// One more event, without evaluating all of them again: companies grow by logs that begin and are enrolled, one after
/// another, and each of these two says something of one log only.
extension Membership {
  /// Whether the membership is now the one of all its events and this one, evaluated anew. Where it is not, the event
  /// may change what others say, and nothing was taken.
  ///
  /// `address`: of the event; it comes after all those that the membership was made of.
  package mutating func take(_ event: MembershipEvent, at address: Address) -> Bool {
    switch event {
    case .logStarted(let start): meet(start, at: address)
    case .decided(.enrolled(let enrolment)): take(enrolment, at: address)
    // Rare, and may reach far.
    case .decided, .forkProven, .authorityReplaced: false
    }
  }

  /// A log of which nobody has said more than that it is enrolled, and that goes on from none.
  private mutating func meet(_ start: Scorebook_V1_LogStarted, at address: Address) -> Bool {
    let log = address.log
    guard address.seq == 1, log != genesis, members[log] == nil, !start.hasPredecessor,
      mentions.areEnrolmentsOnly(of: log)
    else { return false }
    // Which of several logs an invitation lets in, all that was said of them decides.
    if mentions.isEnrolled(log), start.hasInvitation { return false }
    admit(start, at: address)
    members[log]?.isEnrolled = mentions.isEnrolled(log)
    return true
  }

  /// An enrolment that counts, of a log on which no delegate's word rests and that is nobody's heir.
  private mutating func take(_ enrolment: Scorebook_V1_SiteEnrolled, at address: Address) -> Bool {
    guard let log = LogID(bytes: enrolment.log), isDecision(address), !isReserved(log),
      !heirs.isHeir(log), !isContested(enrolment, by: address.log)
    else { return false }
    enrol(enrolment, by: address.log)
    mentions.noteEnrolled(log)
    return true
  }
}
