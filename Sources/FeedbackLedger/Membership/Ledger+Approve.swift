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
}

extension Recorder {
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
