extension EventKind {
  /// What is said of a kind as a whole, apart from what its events hold.
  struct Traits {
    let area: Area
    let itemWord: String
    /// Says something of an item that is there already.
    var needsItem = false
  }

  /// A table: each kind stands in one row, so that the compiler asks where a new one belongs.
  var traits: Traits {
    switch self {
    case .logStarted, .siteInvited, .siteEnrolled, .keyRotated, .siteRevoked, .siteRetired,
      .observed, .forkProven, .forkTailRepeated, .forkTailAdopted, .authorityDelegated,
      .textsWithheld, .hubCertified,
      .authorityReplaced, .clockCorrected, .timeZoneSet, .metricDefinitionPublished,
      .scorePublished, .customerErasureRequested, .customerErased, .erasureAcknowledged:
      Traits(area: .ledger, itemWord: "ledger")
    case .importStarted, .importCompleted, .importVoided:
      Traits(area: .ledger, itemWord: "import")
    case .calendarRevised:
      Traits(area: .ledger, itemWord: "calendar")
    case .branchOpened, .branchRenamed, .branchRegrouped, .branchClosed:
      Traits(area: .ledger, itemWord: "branch")

    case .surveyDefined, .surveyRevised:
      Traits(area: .survey, itemWord: "survey")
    // An invitation and its response are one item.
    case .surveyInvitationSent, .surveyInvitationSuppressed, .surveyShown, .surveyStarted,
      .surveyDismissed, .surveyResponseSubmitted:
      Traits(area: .survey, itemWord: "response")
    case .surveyInvitationDelivered, .surveyInvitationBounced, .surveyResponseCompleted,
      .surveyResponseCorrected, .surveyResponseRetracted, .surveyResponseReinstated,
      .surveyResponseReattributed, .responseTopicTagged, .quoteApproved, .quoteShared,
      .quoteWithdrawn:
      Traits(area: .survey, itemWord: "response", needsItem: true)

    case .ticketOpened, .ticketSnapshotImported:
      Traits(area: .ticket, itemWord: "ticket")
    case .ticketCustomerMessaged, .ticketAgentReplied, .ticketAssigned, .ticketStatusChanged,
      .ticketResolved, .ticketReopened, .ticketClosed, .ticketMerged, .slaPolicyApplied:
      Traits(area: .ticket, itemWord: "ticket", needsItem: true)

    case .followUpCaseOpened:
      Traits(area: .followUp, itemWord: "case")
    case .followUpCaseAssigned, .customerContacted, .apologyIssued, .compensationOffered,
      .compensationAccepted, .followUpCaseClosed, .followUpCaseReopened:
      Traits(area: .followUp, itemWord: "case", needsItem: true)

    case .loyaltyMemberEnrolled, .pointsUnlocked, .pointsRedeemed, .pointsExpired,
      .pointsReversed, .pointsAdjusted, .tierChanged, .discountGranted, .earlyAccessGranted:
      Traits(area: .loyalty, itemWord: "account")
    case .pointsEarned:
      Traits(area: .loyalty, itemWord: "lot")
    case .stampCollected, .stampCardCompleted:
      Traits(area: .loyalty, itemWord: "card")
    case .rewardIssued, .rewardRedeemed, .rewardCancelled, .rewardExpired:
      Traits(area: .loyalty, itemWord: "reward")
    case .referralMade, .referralConverted, .referralBonusGranted:
      Traits(area: .loyalty, itemWord: "referral")

    case .purchaseRecorded, .purchaseRefunded:
      Traits(area: .revenue, itemWord: "purchase")
    case .subscriptionStarted, .recurringRevenueChanged, .subscriptionCancelled:
      Traits(area: .revenue, itemWord: "account")

    case .customerRegistered, .customerIdentityLinked, .segmentAssigned, .accountLinked,
      .championIdentified, .championMoved, .consentGranted, .consentWithdrawn:
      Traits(area: .customer, itemWord: "customer")
    case .customersMerged:
      Traits(area: .customer, itemWord: "merge")
    case .customersUnmerged:
      Traits(area: .customer, itemWord: "merge", needsItem: true)

    case .mentionObserved:
      Traits(area: .voice, itemWord: "mention")
    case .ideaSubmitted, .ideaVoted, .ideaMarkedDuplicate:
      Traits(area: .voice, itemWord: "idea")
    case .pebbleShipped:
      Traits(area: .voice, itemWord: "pebble")
    case .benchmarkPublished:
      Traits(area: .voice, itemWord: "benchmark")
    case .experimentStarted, .experimentEnded:
      Traits(area: .voice, itemWord: "experiment")
    }
  }
}
