package import LedgerSchema

/// What an event says of logs, where that may change who counts. All who ask read it here: a kind that is new stands in
/// one more case, and the compiler asks each of them what it means.
package enum MembershipEvent: Sendable {
  case logStarted(Scorebook_V1_LogStarted)
  /// Counts where the authority or a delegate says it.
  case decided(Decision)
  /// Holds wherever it stands, as do the next ones.
  case forkProven(Scorebook_V1_ForkProven)
  case authorityReplaced(Scorebook_V1_AuthorityReplaced)

  /// Nil for an event that says nothing of logs.
  package init?(_ event: Scorebook_V1_Event) {
    switch event.meaning.body {
    case .logStarted(let start): self = .logStarted(start)
    case .siteEnrolled(let enrolment): self = .decided(.enrolled(enrolment))
    case .siteRevoked(let revocation): self = .decided(.revoked(revocation))
    case .siteRetired(let retirement): self = .decided(.retired(retirement))
    case .authorityDelegated(let delegation): self = .decided(.delegated(delegation))
    case .textsWithheld(let word): self = .decided(.textsWithheld(word))
    case .forkProven(let proof): self = .forkProven(proof)
    case .authorityReplaced(let replacement): self = .authorityReplaced(replacement)
    default: return nil  // Feedback or bookkeeping: moves nobody's limit.
    }
  }

  /// What is said of one log by who has the right to.
  package enum Decision: Sendable {
    case enrolled(Scorebook_V1_SiteEnrolled)
    case revoked(Scorebook_V1_SiteRevoked)
    case retired(Scorebook_V1_SiteRetired)
    case delegated(Scorebook_V1_AuthorityDelegated)
    case textsWithheld(Scorebook_V1_TextsWithheld)

    /// The log that it is about; nil where that is no id.
    var log: LogID? {
      switch self {
      case .enrolled(let enrolment): LogID(bytes: enrolment.log)
      case .revoked(let revocation): LogID(bytes: revocation.log)
      case .retired(let retirement): LogID(bytes: retirement.finalHead.log)
      case .delegated(let delegation): LogID(bytes: delegation.log)
      case .textsWithheld(let word): LogID(bytes: word.log)
      }
    }
  }
}
