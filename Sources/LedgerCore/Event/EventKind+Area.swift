extension EventKind {
  /// The part of the business that a kind belongs to: the sections of the event's schema.
  public enum Area: String, CaseIterable, Sendable {
    /// The ledger itself: logs, membership, calendars, definitions, erasure, branches.
    case ledger
    case survey
    case ticket
    /// Closing the loop with a customer who was let down.
    case followUp = "followup"
    case loyalty
    case revenue
    case customer
    /// What customers say unasked, and what is compared and tried.
    case voice
  }

  /// The area of the kind.
  public var area: Area { traits.area }
}
