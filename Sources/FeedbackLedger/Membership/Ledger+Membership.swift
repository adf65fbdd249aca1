public import LedgerCore
import LedgerSchema
import LedgerStore

extension Ledger {
  /// At the authority: what a site records after a seq counts nowhere, at any ledger, also when it was recorded before
  /// the news arrived; nor does any log that goes on from the site's. For a key that was stolen.
  ///
  /// `after`: the last seq that stays; nil: everything that is held here now.
  /// `log`: one of the site's logs; nil: all of them.
  /// - Returns: the last entry of each log that counts.
  /// - Throws: `LedgerError.notAuthority`, `.unknownSite`, `.authorityStays`, `.severalLogs`; `.revokesBeyond` for a
  ///   seq that nobody here has seen yet: whoever has the key would go on until it.
  @discardableResult
  public func revoke(
    _ site: String, log: LogID? = nil, after seq: UInt64? = nil
  ) throws -> [Address] {
    try decide(on: site, log) { logs, recorder in
      guard seq == nil || logs.count == 1 else {
        throw LedgerError.severalLogs(site, logs.map(\.id))
      }
      if let seq, let log = logs.first, seq > log.size {
        throw LedgerError.revokesBeyond(log.id, end: log.size)
      }
      return try logs.map { log in
        var revoked = Scorebook_V1_SiteRevoked()
        revoked.log = ProtobufBytes.data(log.id.bytes)
        revoked.afterSeq = seq ?? log.size
        try recorder.append(.siteRevoked(revoked))
        // What was ended before stays so.
        return Address(log: log.id, seq: min(revoked.afterSeq, UInt64(log.limit)))
      }
    }
  }

  /// At the authority: a site has closed in good order. What is held of it now counts for ever; what it might still
  /// send is held and counts nothing.
  ///
  /// - Returns: the final head of each of its logs.
  /// - Throws: `LedgerError.notAuthority`, `.unknownSite`, `.authorityStays`.
  @discardableResult
  public func retire(_ site: String, log: LogID? = nil) throws -> [Head] {
    try decide(on: site, log) { logs, recorder in
      try logs.map { log in
        let head = Head(log: log.id, size: log.size, root: log.frontier.root)
        var retired = Scorebook_V1_SiteRetired()
        retired.finalHead.log = ProtobufBytes.data(head.log.bytes)
        retired.finalHead.size = head.size
        retired.finalHead.root = ProtobufBytes.data(head.root.bytes)
        try recorder.append(.siteRetired(retired))
        return head
      }
    }
  }

  /// At the authority: a site may enrol, approve, retire and revoke others in its place; not each other, and not the
  /// authority.
  ///
  /// - Returns: the logs that may decide.
  /// - Throws: `LedgerError.notAuthority`, `.unknownSite`, `.authorityStays`; `.siteHasEnded` for a site that was
  ///   retired or revoked.
  @discardableResult
  public func delegate(to site: String, log: LogID? = nil) throws -> [LogID] {
    try recordDelegation(to: site, log, hasEnded: false).map(\.log)
  }

  /// At the authority: a site decides no more. What it decided until now stands.
  ///
  /// - Returns: the last entry of each log whose decisions count.
  /// - Throws: `LedgerError.notAuthority`, `.unknownSite`, `.authorityStays`; `.noDelegate` where none of its logs
  ///   decides.
  @discardableResult
  public func endDelegation(to site: String, log: LogID? = nil) throws -> [Address] {
    try recordDelegation(to: site, log, hasEnded: true)
  }

  /// - Returns: the newest entry that is held of each log.
  private func recordDelegation(
    to site: String, _ log: LogID?, hasEnded: Bool
  ) throws -> [Address] {
    try decide(on: site, log, asAuthority: true) { logs, recorder in
      let state = recorder.appender.state
      if hasEnded {
        let decides = logs.contains { state.membership?.mayDecide($0.id) == true }
        guard decides else { throw LedgerError.noDelegate(site) }
      } else if SiteStandings(state).hasEnded(logs) {
        throw LedgerError.siteHasEnded(site)
      }
      return try logs.map { log in
        var delegation = Scorebook_V1_AuthorityDelegated()
        delegation.log = ProtobufBytes.data(log.id.bytes)
        delegation.ended = hasEnded
        delegation.afterSeq = hasEnded ? log.size : 0
        try recorder.append(.authorityDelegated(delegation))
        return Address(log: log.id, seq: log.size)
      }
    }
  }

  /// Runs a decision about the logs of a site.
  ///
  /// `asAuthority`: a delegate may not take it.
  func decide<T>(
    on site: String, _ only: LogID?, asAuthority: Bool = false,
    _ body: ([LogState], Recorder) throws -> T
  ) throws -> T {
    try withRecorder { recorder in
      let state = recorder.appender.state
      let own = identity.log
      guard let membership = state.membership,
        asAuthority ? membership.isInOffice(own) : membership.mayDecide(own)
      else { throw LedgerError.notAuthority(site: identity.site) }
      let logs = state.logs.filter { $0.site == site && $0.size > 0 && (only ?? $0.id) == $0.id }
      guard !logs.isEmpty else {
        throw LedgerError.unknownSite(site, known: Set(state.logs.map(\.site)).sorted())
      }
      let isDelegate = !membership.isInOffice(own)
      guard
        !logs.contains(where: {
          isDelegate ? membership.isReserved($0.id) : membership.isInOffice($0.id)
        })
      else { throw LedgerError.authorityStays(site) }
      return try body(logs.sorted { $0.id < $1.id }, recorder)
    }
  }
}
