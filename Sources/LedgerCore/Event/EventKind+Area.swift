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
  public var area: Area {
    switch self {
    case .logStarted, .siteInvited, .siteEnrolled, .keyRotated, .siteRevoked, .siteRetired,
      .observed, .forkProven, .forkTailRepeated, .forkTailAdopted, .authorityDelegated,
      .authorityReplaced, .importStarted, .importCompleted, .importVoided, .clockCorrected,
      .timeZoneSet, .calendarRevised, .metricDefinitionPublished, .scorePublished,
      .customerErasureRequested, .customerErased, .erasureAcknowledged, .branchOpened,
      .branchRenamed, .branchRegrouped, .branchClosed:
      .ledger
    case .surveyDefined, .surveyRevised, .surveyInvitationSent, .surveyInvitationDelivered,
      .surveyInvitationBounced, .surveyInvitationSuppressed, .surveyShown, .surveyStarted,
      .surveyDismissed, .surveyResponseSubmitted, .surveyResponseCompleted,
      .surveyResponseCorrected, .surveyResponseRetracted, .surveyResponseReinstated,
      .surveyResponseReattributed, .responseTopicTagged, .quoteApproved, .quoteShared,
      .quoteWithdrawn:
      .survey
    case .ticketOpened, .ticketCustomerMessaged, .ticketAgentReplied, .ticketAssigned,
      .ticketStatusChanged, .ticketResolved, .ticketReopened, .ticketClosed, .ticketMerged,
      .ticketSnapshotImported, .slaPolicyApplied:
      .ticket
    case .followUpCaseOpened, .followUpCaseAssigned, .customerContacted, .apologyIssued,
      .compensationOffered, .compensationAccepted, .followUpCaseClosed, .followUpCaseReopened:
      .followUp
    case .loyaltyMemberEnrolled, .pointsEarned, .pointsUnlocked, .pointsRedeemed,
      .pointsExpired, .pointsReversed, .pointsAdjusted, .stampCollected, .stampCardCompleted,
      .rewardIssued, .rewardRedeemed, .rewardCancelled, .rewardExpired, .tierChanged,
      .referralMade, .referralConverted, .referralBonusGranted, .discountGranted,
      .earlyAccessGranted:
      .loyalty
    case .purchaseRecorded, .purchaseRefunded, .subscriptionStarted, .recurringRevenueChanged,
      .subscriptionCancelled:
      .revenue
    case .customerRegistered, .customerIdentityLinked, .segmentAssigned, .accountLinked,
      .championIdentified, .championMoved, .customersMerged, .customersUnmerged,
      .consentGranted, .consentWithdrawn:
      .customer
    case .mentionObserved, .ideaSubmitted, .ideaVoted, .ideaMarkedDuplicate, .pebbleShipped,
      .benchmarkPublished, .experimentStarted, .experimentEnded:
      .voice
    }
  }
}
