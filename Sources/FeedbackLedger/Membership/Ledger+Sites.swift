import LedgerCore
import LedgerStore

extension Ledger {
  /// Every site that is held here, ascending by name.
  public func sites() throws -> [SiteStatus] {
    try store.read { database, state in
      let answer = ScoreAnswer(self, database, state)
      let cut = try answer.resolve(.now)
      var silent: [String: Int] = [:]
      for case .silent(let site, let days) in SilentSites(answer).warnings(.now, cut: cut) {
        silent[site] = days
      }
      let quarantined = try QuarantineTable(database).countByLog()
      let standings = SiteStandings(state)
      return try Dictionary(grouping: state.logs.filter { $0.size > 0 }, by: \.site)
        .sorted { $0.key < $1.key }
        .map { site, logs in
          var status = Self.status(of: site, logs, state, isOwn: site == self.site)
          status.standing = standings.standing(of: logs, silentDays: silent[site])
          if site != self.site { status.lag = state.lag(of: logs, at: surroundings.now()) }
          let contacts = ContactTable(database)
          status.lastContact = try logs.compactMap { try contacts.last(of: $0.id) }.max()
          if let told = try contacts.told(by: logs) { status.take(told) }
          status.isWithoutText = standings.isWithoutText(logs)
          status.quarantined = logs.reduce(0) { $0 + (quarantined[$1.id] ?? 0) }
          return status
        }
    }
  }

  private static func status(
    of site: String, _ logs: [LogState], _ state: StoreState, isOwn: Bool
  ) -> SiteStatus {
    var status = SiteStatus(
      site: site, standing: .ok, logs: logs.map(\.id).sorted(), events: 0, pending: 0,
      quarantined: 0, clockSkew: 0)
    for log in logs {
      status.events += log.size
      status.pending += log.size - min(log.size, UInt64(log.limit))
      let recorded = Instant(microseconds: log.recordedMax)
      status.lastRecorded = max(status.lastRecorded ?? recorded, recorded)
      guard !isOwn, let received = state.lastReceived(of: log) else { continue }
      status.lastReceived = max(status.lastReceived ?? received, received)
      status.clockSkew = max(status.clockSkew, recorded.skew(from: received) ?? 0)
    }
    return status
  }
}

extension StoreState {
  /// When something of the log last arrived here.
  fileprivate func lastReceived(of log: LogState) -> Instant? {
    arrivals.runs(ofLog: log.number, through: .max).first { _ in true }.map {
      Instant(microseconds: $0.received)
    }
  }

  /// How long nothing of the logs has arrived here, in microseconds.
  func lag(of logs: [LogState], at now: Instant) -> Int64? {
    logs.compactMap(lastReceived).map(\.microseconds).max().map {
      let (lag, overflows) = now.microseconds.subtractingReportingOverflow($0)
      return overflows ? 0 : max(0, lag)
    }
  }
}

extension ContactTable {
  /// What a site told last, by any of its logs.
  func told(by logs: [LogState]) throws -> Told? {
    try logs.compactMap { try told(by: $0.id) }.max { $0.at < $1.at }
  }
}

extension SiteStatus {
  /// What was told after the newest event came is news; of what came after it, whatever is further off.
  fileprivate mutating func take(_ told: ContactTable.Told) {
    let isNewer = lastReceived.map { told.at > $0 } ?? true
    if isNewer || told.skew.magnitude > clockSkew.magnitude { clockSkew = told.skew }
  }
}

/// Tells what the membership says of a site's logs.
struct SiteStandings {
  private let membership: Membership?
  /// Logs that some other log goes on from.
  private let succeeded: Set<LogID>

  init(_ state: StoreState) {
    membership = state.membership
    succeeded = Set((state.membership?.members.values.compactMap(\.predecessor)) ?? [])
  }

  func standing(of logs: [LogState], silentDays: Int?) -> SiteStatus.Standing {
    guard let membership else { return .pending }
    // Logs that go on: a log that has a successor has ended by itself.
    let last = logs.filter { !succeeded.contains($0.id) }
    if logs.contains(where: { membership.isRevoked($0.id) }), last.allSatisfy(isLimited) {
      return .revoked
    }
    if last.allSatisfy(isLimited), !last.allSatisfy({ $0.limit == 0 }),
      !last.contains(where: { membership.forks[$0.id] != nil })
    {
      return .retired
    }
    let roots = last.filter { !isLimited($0) }.map { root(of: $0.id, membership) }
    if Set(roots).count < roots.count { return .cloned }
    if logs.contains(where: { membership.forks[$0.id] != nil }) { return .forked }
    if last.allSatisfy({ $0.limit == 0 }) { return .pending }
    return silentDays.map { .silent(days: $0) } ?? .ok
  }

  /// Whether nothing more is awaited of it: it was retired or revoked.
  func hasEnded(_ logs: [LogState]) -> Bool {
    [.retired, .revoked].contains(standing(of: logs, silentDays: nil))
  }

  /// Whether every log of it that goes on is kept without others' texts.
  func isWithoutText(_ logs: [LogState]) -> Bool {
    let last = logs.filter { !succeeded.contains($0.id) }
    return !last.isEmpty && last.allSatisfy { membership?.isWithoutText($0.id) ?? false }
  }

  private func isLimited(_ log: LogState) -> Bool { log.limit != .max }

  /// The first log of a chain of successors.
  private func root(of log: LogID, _ membership: Membership) -> LogID {
    var current = log
    // A chain is at most as long as there are logs.
    for _ in 0...membership.members.count {
      guard let before = membership.members[current]?.predecessor else { return current }
      current = before
    }
    return current
  }
}
