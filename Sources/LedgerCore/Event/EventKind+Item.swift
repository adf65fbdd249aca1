extension EventKind {
  /// What an item of this kind is called in a CloudEvents `subject` and where a source names an item:
  /// `response/<id>`, `ticket/<id>`. An invitation and its response are one item, so they share the word.
  public var itemWord: String {
    switch self {
    case .logStarted, .siteInvited, .siteEnrolled, .keyRotated, .siteRevoked, .siteRetired,
      .observed, .forkProven, .forkTailRepeated, .forkTailAdopted, .authorityDelegated,
      .authorityReplaced, .clockCorrected, .timeZoneSet, .metricDefinitionPublished,
      .scorePublished, .customerErasureRequested, .customerErased, .erasureAcknowledged:
      "ledger"
    case .importStarted, .importCompleted, .importVoided:
      "import"
    case .calendarRevised:
      "calendar"
    case .branchOpened, .branchRenamed, .branchRegrouped, .branchClosed:
      "branch"
    case .surveyDefined, .surveyRevised:
      "survey"
    case .surveyInvitationSent, .surveyInvitationDelivered, .surveyInvitationBounced,
      .surveyInvitationSuppressed, .surveyShown, .surveyStarted, .surveyDismissed,
      .surveyResponseSubmitted, .surveyResponseCompleted, .surveyResponseCorrected,
      .surveyResponseRetracted, .surveyResponseReinstated, .surveyResponseReattributed,
      .responseTopicTagged, .quoteApproved, .quoteShared, .quoteWithdrawn:
      "response"
    case .ticketOpened, .ticketCustomerMessaged, .ticketAgentReplied, .ticketAssigned,
      .ticketStatusChanged, .ticketResolved, .ticketReopened, .ticketClosed, .ticketMerged,
      .ticketSnapshotImported, .slaPolicyApplied:
      "ticket"
    case .followUpCaseOpened, .followUpCaseAssigned, .customerContacted, .apologyIssued,
      .compensationOffered, .compensationAccepted, .followUpCaseClosed, .followUpCaseReopened:
      "case"
    case .loyaltyMemberEnrolled, .pointsUnlocked, .pointsRedeemed, .pointsExpired,
      .pointsReversed, .pointsAdjusted, .tierChanged, .discountGranted, .earlyAccessGranted,
      .subscriptionStarted, .recurringRevenueChanged, .subscriptionCancelled:
      "account"
    case .pointsEarned:
      "lot"
    case .stampCollected, .stampCardCompleted:
      "card"
    case .rewardIssued, .rewardRedeemed, .rewardCancelled, .rewardExpired:
      "reward"
    case .referralMade, .referralConverted, .referralBonusGranted:
      "referral"
    case .purchaseRecorded, .purchaseRefunded:
      "purchase"
    case .customerRegistered, .customerIdentityLinked, .segmentAssigned, .accountLinked,
      .championIdentified, .championMoved, .consentGranted, .consentWithdrawn:
      "customer"
    case .customersMerged, .customersUnmerged:
      "merge"
    case .mentionObserved:
      "mention"
    case .ideaSubmitted, .ideaVoted, .ideaMarkedDuplicate:
      "idea"
    case .pebbleShipped:
      "pebble"
    case .benchmarkPublished:
      "benchmark"
    case .experimentStarted, .experimentEnded:
      "experiment"
    }
  }

  /// True where the event says something of an item that is there already, so that a form or a line must name it.
  /// A ledger that is given one without an item keeps it; it counts nothing.
  public var needsItem: Bool {
    switch self {
    case .surveyInvitationDelivered, .surveyInvitationBounced, .surveyResponseCompleted,
      .surveyResponseCorrected, .surveyResponseRetracted, .surveyResponseReinstated,
      .surveyResponseReattributed, .responseTopicTagged, .quoteApproved, .quoteShared,
      .quoteWithdrawn, .ticketCustomerMessaged, .ticketAgentReplied, .ticketAssigned,
      .ticketStatusChanged, .ticketResolved, .ticketReopened, .ticketClosed, .ticketMerged,
      .slaPolicyApplied, .followUpCaseAssigned, .customerContacted, .apologyIssued,
      .compensationOffered, .compensationAccepted, .followUpCaseClosed, .followUpCaseReopened,
      .customersUnmerged:
      true
    case .logStarted, .siteInvited, .siteEnrolled, .keyRotated, .siteRevoked, .siteRetired,
      .observed, .forkProven, .forkTailRepeated, .forkTailAdopted, .authorityDelegated,
      .authorityReplaced, .importStarted, .importCompleted, .importVoided, .clockCorrected,
      .timeZoneSet, .calendarRevised, .metricDefinitionPublished, .scorePublished,
      .customerErasureRequested, .customerErased, .erasureAcknowledged, .branchOpened,
      .branchRenamed, .branchRegrouped, .branchClosed, .surveyDefined, .surveyRevised,
      .surveyInvitationSent, .surveyInvitationSuppressed, .surveyShown, .surveyStarted,
      .surveyDismissed, .surveyResponseSubmitted, .ticketOpened, .ticketSnapshotImported,
      .followUpCaseOpened, .loyaltyMemberEnrolled, .pointsEarned, .pointsUnlocked,
      .pointsRedeemed, .pointsExpired, .pointsReversed, .pointsAdjusted, .stampCollected,
      .stampCardCompleted, .rewardIssued, .rewardRedeemed, .rewardCancelled, .rewardExpired,
      .tierChanged, .referralMade, .referralConverted, .referralBonusGranted,
      .discountGranted, .earlyAccessGranted, .purchaseRecorded, .purchaseRefunded,
      .subscriptionStarted, .recurringRevenueChanged, .subscriptionCancelled,
      .customerRegistered, .customerIdentityLinked, .segmentAssigned, .accountLinked,
      .championIdentified, .championMoved, .customersMerged, .consentGranted,
      .consentWithdrawn, .mentionObserved, .ideaSubmitted, .ideaVoted, .ideaMarkedDuplicate,
      .pebbleShipped, .benchmarkPublished, .experimentStarted, .experimentEnded:
      false
    }
  }
}
