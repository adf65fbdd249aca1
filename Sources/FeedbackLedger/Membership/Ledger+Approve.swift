public import LedgerCore
import LedgerSchema
import LedgerStore

extension Ledger {
  /// The logs that wait for being enrolled; what they recorded is held and counts nothing. Ascending by site and log.
  public func applicants() throws -> [Applicant] {
    try store.read { _, state in Applicants(state)?.all ?? [] }
  }

  /// At the authority or a delegate: a person vouches for a log of a site that waits. Everything that is held of it
  /// counts from here on, and so does what it records later.
  ///
  /// `log`: which one; nil: the only one of the site that waits.
  /// - Returns: who was enrolled.
  /// - Throws: `LedgerError.notAuthority`; `.nobodyWaits` where no log of the site waits; `.severalWait` where several
  ///   do and none is named: then somebody may have used the site's name.
  @discardableResult
  public func approve(_ site: String, log: LogID? = nil) throws -> Applicant {
    try withRecorder { recorder in
      let state = recorder.appender.state
      guard let membership = state.membership, membership.mayDecide(identity.log) else {
        throw LedgerError.notAuthority(site: identity.site)
      }
      let all = Applicants(state)?.all ?? []
      let waiting = all.filter { $0.site == site && (log ?? $0.log) == $0.log }
      guard let first = waiting.first else {
        throw LedgerError.nobodyWaits(site, waiting: Set(all.map(\.site)).sorted())
      }
      guard waiting.count == 1 else {
        throw LedgerError.severalWait(site, waiting.map(\.log))
      }
      try recorder.enrol(first, isApproved: true)
      return first
    }
  }

  /// Enrols every log that shows an invitation which nobody has used and which asks for no person's word; nobody where
  /// this ledger does not decide.
  func enrolInvited() throws -> [String] {
    let own = identity.log
    let invited = try store.read { _, state in
      state.membership?.mayDecide(own) == true ? Applicants(state)?.invited ?? [] : []
    }
    guard !invited.isEmpty else { return [] }
    return try withRecorder { recorder in
      for applicant in invited { try recorder.enrol(applicant, isApproved: false) }
      return invited.map(\.site)
    }
  }

  /// Says of every log that goes on with a new key that it is the one that does, so that whoever has the old key cannot
  /// name another one afterwards; nothing where this ledger does not decide. A few in each session: each is looked at
  /// with all that was decided.
  func confirmHeirs() throws {
    let own = identity.log
    func heirs(_ state: StoreState) -> [LogID] {
      guard let membership = state.membership, let next = state.ownLog.map({ $0.size + 1 }),
        membership.mayDecide(own), membership.isDecision(Address(log: own, seq: next))
      else { return [] }
      let others = membership.unconfirmedHeirs.filter {
        $0 != own && membership.members[$0]?.predecessor != own
      }
      return Array(others.prefix(Self.confirmedHeirsMax))
    }
    guard try !store.read({ _, state in heirs(state) }).isEmpty else { return }
    try withRecorder { recorder in
      for log in heirs(recorder.appender.state) { try recorder.confirm(log) }
    }
  }
}

extension Ledger {
  private static let confirmedHeirsMax = 16
}

extension Recorder {
  fileprivate func confirm(_ heir: LogID) throws {
    guard let member = appender.state.membership?.members[heir] else { return }
    var enrolled = Scorebook_V1_SiteEnrolled()
    enrolled.log = ProtobufBytes.data(heir.bytes)
    enrolled.site = member.site
    enrolled.publicKey = ProtobufBytes.data(member.publicKey)
    try append(.siteEnrolled(enrolled))
  }

  fileprivate func enrol(_ applicant: Applicant, isApproved: Bool) throws {
    var enrolled = Scorebook_V1_SiteEnrolled()
    enrolled.log = ProtobufBytes.data(applicant.log.bytes)
    enrolled.site = applicant.site
    enrolled.publicKey = ProtobufBytes.data(applicant.publicKey)
    enrolled.invitation = ProtobufBytes.data(applicant.invitation)
    enrolled.withoutText = applicant.isWithoutText
    enrolled.approved = isApproved
    try append(.siteEnrolled(enrolled))
  }
}
