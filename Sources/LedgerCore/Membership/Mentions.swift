import LedgerSchema

/// What events say of logs: as much as decides whether the first event of a log changes anything but that it is there.
struct Mentions: Sendable {
  /// Enrolled by a word that counts.
  private var enrolled: Set<LogID> = []
  /// Named by anything else: decided about, put in an authority's place, gone on from, proven to have forked.
  private var others: Set<LogID> = []

  /// Whether nothing was said of the log but that it is enrolled.
  func areEnrolmentsOnly(of log: LogID) -> Bool { !others.contains(log) }

  func isEnrolled(_ log: LogID) -> Bool { enrolled.contains(log) }

  mutating func noteEnrolled(_ log: LogID) { enrolled.insert(log) }

  /// `isCounted`: whether what stands where the event does is decided.
  mutating func note(_ event: MembershipEvent, isCounted: Bool) {
    switch event {
    case .logStarted(let start): note(LogID(bytes: start.predecessor.head.log))
    case .decided(.enrolled(let enrolment)) where isCounted:
      if let log = LogID(bytes: enrolment.log) { noteEnrolled(log) }
    case .decided(let decision): note(decision.log)
    case .forkProven(let proof): note(LogID(bytes: proof.log))
    case .authorityReplaced(let replacement):
      note(LogID(bytes: replacement.log))
      for end in replacement.ended { note(LogID(bytes: end.log)) }
    }
  }

  private mutating func note(_ log: LogID?) {
    if let log { others.insert(log) }
  }
}
