package import LedgerSchema

/// Turns a decoded event into the row that the fold reads, and its payload bytes. The only place that knows how
/// each folded kind is laid out; `Payload` readers beside each fold are its mirror.
package struct Projector: Sendable {
  package let zone: ZoneOffsets

  package init(zone: ZoneOffsets) {
    self.zone = zone
  }

  /// Where an event stands.
  package struct Place: Sendable {
    package var address: Address
    package var logNumber: UInt32
    package var stamp: Int64

    package init(address: Address, logNumber: UInt32, stamp: Int64) {
      self.address = address
      self.logNumber = logNumber
      self.stamp = stamp
    }
  }

  /// A repeated event is projected as what it repeats.
  ///
  /// `site`: the site of the log, for events that name none; of the event that starts the log its own.
  package func project(_ recorded: Scorebook_V1_Event, site: String) -> ProjectedEvent {
    let event = recorded.meaning
    var projected = ProjectedEvent()
    projected.row.recorded = event.recordedUs
    let body = event.body
    projected.row.kind = Self.project(body, to: &projected)
    if projected.row.kind == .notFolded || projected.row.kind == .unknown { return projected }
    setOccurrence(of: event, in: &projected.row)
    if !event.customer.isEmpty, let customer = CustomerID(bytes: event.customer) {
      projected.row.customer = customer
    }
    projected.labels = Self.labels(of: event, site: site)
    if event.hasOrigin { projected.batch = ItemID(bytes: event.origin.batch) }
    if !event.item.isEmpty { projected.row.flags.insert(.namesItem) }
    if !event.flags.isEmpty { projected.row.flags.insert(.excluded) }
    if case .surveyResponseSubmitted(let response) = body, response.completeness == .partial {
      projected.row.flags.insert(.partial)
    }
    if case .surveyResponseRetracted(let retracted) = body, retracted.reason == .erasure {
      projected.row.flags.insert(.erasure)
    }
    return projected
  }

  /// The item an event names, or the one that its address opens.
  package static func item(of event: Scorebook_V1_Event, at address: Address) -> ItemID {
    ItemID(bytes: event.meaning.item) ?? ItemID(openedAt: address)
  }

  private func setOccurrence(of event: Scorebook_V1_Event, in row: inout EventRow) {
    let occurred = event.recordedUs &- event.occurredLagUs
    switch event.timeQuality {
    case .exact, .UNRECOGNIZED:
      row.occurred = occurred
      row.day = zone.day(of: Instant(microseconds: occurred)).number
    case .day:
      row.occurred = occurred
      row.day = CivilDay(utcMidnight: occurred).number
      row.flags.insert(.dayOnly)
    case .unknown:
      break
    }
  }

  private static func labels(of event: Scorebook_V1_Event, site: String) -> LabelSet {
    var labels = event.labels.map { Label(key: $0.key, value: $0.value) }
    if !labels.contains(where: { $0.key == Label.site }) {
      let place = labels.firstIndex { Label.site < $0.key } ?? labels.endIndex
      labels.insert(Label(key: Label.site, value: site), at: place)
    }
    return LabelSet(labels)
  }

  /// A table: one line of it for every kind, so that the compiler asks what becomes of a new one.
  private static func project(
    _ body: Scorebook_V1_Event.OneOf_Body?, to projected: inout ProjectedEvent
  ) -> RowKind {
    switch body {
    case nil: return .unknown
    case .surveyInvitationSent: return .invitationSent
    case .surveyInvitationDelivered: return .invitationDelivered
    case .surveyInvitationBounced, .surveyInvitationSuppressed: return .invitationBounced
    case .surveyResponseSubmitted(let response):
      project(response.answers, to: &projected)
      return .responseSubmitted
    case .surveyResponseCompleted(let response):
      project(response.answers, to: &projected)
      return .responseCompleted
    case .surveyResponseCorrected(let correction):
      project(correction, to: &projected)
      return .responseCorrected
    case .surveyResponseRetracted: return .responseRetracted
    case .surveyResponseReinstated: return .responseReinstated
    case .surveyResponseReattributed(let change):
      project(change, to: &projected)
      return .responseReattributed
    case .ticketOpened: return .ticketOpened
    case .ticketAgentReplied(let reply):
      return !reply.private && reply.authorType == .human ? .ticketReplied : .notFolded
    case .ticketResolved: return .ticketResolved
    case .ticketReopened: return .ticketReopened
    case .ticketClosed: return .ticketClosed
    case .ticketMerged: return .ticketMerged
    case .ticketStatusChanged(let change):
      // A negative one is unknown, as 0 is.
      ByteCoding.append(UInt64(clamping: change.to.rawValue), to: &projected.payload)
      return .ticketStatusChanged
    case .ticketSnapshotImported(let snapshot):
      TicketSnapshotPayload(snapshot).append(to: &projected.payload)
      return .ticketSnapshot
    case .pointsEarned(let earned):
      PointsPayload(points: earned.points).append(to: &projected.payload)
      return .pointsEarned
    case .pointsRedeemed(let redeemed):
      PointsPayload(points: redeemed.points, allocations: redeemed.allocations).append(
        to: &projected.payload)
      return .pointsRedeemed
    case .pointsExpired(let expired):
      PointsPayload(points: expired.points, allocations: expired.allocations).append(
        to: &projected.payload)
      return .pointsExpired
    case .pointsReversed(let reversed):
      PointsPayload(
        points: reversed.points, allocations: reversed.allocations,
        isRedemption: reversed.redemption
      ).append(to: &projected.payload)
      return .pointsReversed
    case .pointsAdjusted(let adjusted):
      PointsPayload(points: adjusted.points, allocations: adjusted.allocations).append(
        to: &projected.payload)
      return .pointsAdjusted
    // What counts at all, rather than what one subject adds.
    case .logStarted, .siteInvited, .siteEnrolled, .keyRotated, .siteRevoked, .siteRetired,
      .observed, .forkProven, .forkTailAdopted, .authorityDelegated, .textsWithheld, .hubCertified,
      .authorityReplaced,
      .importVoided, .clockCorrected, .timeZoneSet, .metricDefinitionPublished, .customersMerged,
      .customersUnmerged, .customerErased:
      return .context
    // Kept, verified, forwarded and listed.
    case .forkTailRepeated, .importStarted, .importCompleted, .calendarRevised, .scorePublished,
      .customerErasureRequested, .erasureAcknowledged, .branchOpened, .branchRenamed,
      .branchRegrouped, .branchClosed, .surveyDefined, .surveyRevised, .surveyShown, .surveyStarted,
      .surveyDismissed, .responseTopicTagged, .quoteApproved, .quoteShared, .quoteWithdrawn,
      .ticketCustomerMessaged, .ticketAssigned, .slaPolicyApplied, .followUpCaseOpened,
      .followUpCaseAssigned, .customerContacted, .apologyIssued, .compensationOffered,
      .compensationAccepted, .followUpCaseClosed, .followUpCaseReopened, .loyaltyMemberEnrolled,
      .pointsUnlocked, .stampCollected, .stampCardCompleted, .rewardIssued, .rewardRedeemed,
      .rewardCancelled, .rewardExpired, .tierChanged, .referralMade, .referralConverted,
      .referralBonusGranted, .discountGranted, .earlyAccessGranted, .purchaseRecorded,
      .purchaseRefunded, .subscriptionStarted, .recurringRevenueChanged, .subscriptionCancelled,
      .customerRegistered, .customerIdentityLinked, .segmentAssigned, .accountLinked,
      .championIdentified, .championMoved, .consentGranted, .consentWithdrawn, .mentionObserved,
      .ideaSubmitted, .ideaVoted, .ideaMarkedDuplicate, .pebbleShipped, .benchmarkPublished,
      .experimentStarted, .experimentEnded:
      return .notFolded
    }
  }

  private static func project(
    _ correction: Scorebook_V1_SurveyResponseCorrected, to projected: inout ProjectedEvent
  ) {
    projected.payload.append(correction.hasOccurredUs ? 1 : 0)
    if correction.hasOccurredUs {
      ByteCoding.append(ByteCoding.zigzag(correction.occurredUs), to: &projected.payload)
    }
    project(correction.answers, to: &projected)
  }

  private static func project(
    _ answers: [Scorebook_V1_Answer], to projected: inout ProjectedEvent
  ) {
    projected.refer(to: .shape(AnswerPayload.shape(of: answers)))
    AnswerPayload.appendValues(of: answers, to: &projected.payload)
  }

  private static func project(
    _ change: Scorebook_V1_SurveyResponseReattributed, to projected: inout ProjectedEvent
  ) {
    if change.key == "customer" {
      projected.payload.append(1)
      projected.payload.append(
        contentsOf: (CustomerID(bytes: change.toCustomer) ?? EventRow.none.customer).bytes)
    } else {
      projected.payload.append(0)
      projected.refer(to: .label(Label(key: change.key, value: change.to)))
    }
  }
}
