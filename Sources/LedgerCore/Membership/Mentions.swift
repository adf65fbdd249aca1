import LedgerSchema

/// What events say of logs: as much as decides whether the first event of a log changes anything but that it is there.
struct Mentions: Sendable {
  /// Enrolled by a word that counts.
  private var enrolled: Set<LogID> = []
  /// Named by anything else: decided about, put in an authority's place, gone on from, proven to have forked.
  private var others: Set<LogID> = []

  init() {}

  /// `isCounted`: whether what stands there is decided.
  init(
    in events: some Sequence<(address: Address, event: Scorebook_V1_Event)>,
    counting isCounted: (Address) -> Bool
  ) {
    for (address, event) in events { note(event.meaning, isCounted: isCounted(address)) }
  }

  /// Whether nothing was said of the log but that it is enrolled.
  func areEnrolmentsOnly(of log: LogID) -> Bool { !others.contains(log) }

  func isEnrolled(_ log: LogID) -> Bool { enrolled.contains(log) }

  mutating func noteEnrolled(_ log: LogID) { enrolled.insert(log) }

  private mutating func note(_ event: Scorebook_V1_Event, isCounted: Bool) {
    switch event.body {
    case .siteEnrolled(let enrolment):
      guard isCounted else { return note(enrolment.log) }
      if let log = LogID(bytes: enrolment.log) { noteEnrolled(log) }
    case .logStarted(let start): note(start.predecessor.head.log)
    case .siteRevoked(let revocation): note(revocation.log)
    case .siteRetired(let retirement): note(retirement.finalHead.log)
    case .authorityDelegated(let delegation): note(delegation.log)
    case .textsWithheld(let word): note(word.log)
    case .forkProven(let proof): note(proof.log)
    case .authorityReplaced(let replacement):
      note(replacement.log)
      for end in replacement.ended { note(end.log) }
    default: break  // Speaks of no log.
    }
  }

  private mutating func note(_ log: some Collection<UInt8>) {
    if let log = LogID(bytes: log) { others.insert(log) }
  }
}
