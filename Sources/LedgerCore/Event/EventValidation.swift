package import LedgerSchema

/// Why an event cannot be recorded. Cases are facts; the wording is the caller's.
public enum EventRefusal: Error, Hashable, Sendable {
  case tooLong(field: String, bytes: Int, limit: Int)
  case holdsNUL(field: String)
  case tooManyLabels(count: Int, limit: Int)
  case duplicateLabel(key: String)
  case emptyLabelKey
  case badIdentifier(field: String, bytes: Int)
  case questionTwice(String)
  case scaleReversed(question: String, low: Int32, high: Int32)
  case answerOutsideScale(question: String, value: Int32, low: Int32, high: Int32)
  case pointsNotPositive(Int64)
  case allocatedMore(allocated: Int64, points: Int64)
  case occurredOutOfRange(microseconds: Int64)
  case mergeWithItself
  case mergeOfNobody
  case noBody
}

/// What must hold of an event before it is recorded. Foreign entries are taken as they are: the fold is total.
public enum EventValidation {
  package static func validate(_ event: Scorebook_V1_Event) throws(EventRefusal) {
    try validateLabels(event.labels)
    try validate(identifierBytes: event.item.count, as: "item")
    try validate(identifierBytes: event.customer.count, as: "customer")
    if event.timeQuality != .unknown {
      let occurred = event.recordedUs &- event.occurredLagUs
      guard Instant.accepted.contains(Instant(microseconds: occurred)) else {
        throw .occurredOutOfRange(microseconds: occurred)
      }
    }
    for flag in event.flags { try validate(flag, as: "flag") }
    guard let body = event.body else { throw .noBody }
    try validate(body)
  }

  /// What must hold of a foreign event too, whose site is bound by the same rules: labels are printed and written into
  /// files, so none holds a NUL, and no string is longer than one may be; recorded times are compared and subtracted,
  /// so they are such as a clock shows. Everything else a fold takes as it comes.
  ///
  /// `entryBytes`: of the event as it was recorded.
  package static func isSound(_ event: Scorebook_V1_Event, entryBytes: Int) -> Bool {
    Instant.accepted.contains(Instant(microseconds: event.recordedUs))
      && !event.labels.contains { $0.key.holdsNUL || $0.value.holdsNUL }
      && longestString(of: event, entryBytes: entryBytes) <= EventLimits.stringBytesMax
  }

  /// The bytes of an event's longest string, where they may be too many; else 0: a string is shorter than its entry.
  package static func longestString(of event: Scorebook_V1_Event, entryBytes: Int) -> Int {
    entryBytes > EventLimits.stringBytesMax ? event.longestStringBytes : 0
  }

  private static func validateLabels(_ labels: [Scorebook_V1_Label]) throws(EventRefusal) {
    guard labels.count <= EventLimits.labelsMax else {
      throw .tooManyLabels(count: labels.count, limit: EventLimits.labelsMax)
    }
    var previous: String?
    for label in labels {
      guard !label.key.isEmpty else { throw .emptyLabelKey }
      guard label.key != previous else { throw .duplicateLabel(key: label.key) }
      previous = label.key
      try validate(label.key, as: "label key")
      try validate(label.value, as: "label \(label.key)")
    }
  }

  private static func validate(
    identifierBytes count: Int, as field: String
  ) throws(EventRefusal) {
    guard count == 0 || count == CustomerID.byteCount else {
      throw .badIdentifier(field: field, bytes: count)
    }
  }

  private static func validate(
    _ text: String, as field: @autoclosure () -> String
  ) throws(EventRefusal) {
    guard text.utf8.count <= EventLimits.stringBytesMax else {
      throw .tooLong(field: field(), bytes: text.utf8.count, limit: EventLimits.stringBytesMax)
    }
    guard !text.holdsNUL else { throw .holdsNUL(field: field()) }
  }

  /// A table: a new kind has to say whether it has anything to check.
  private static func validate(_ body: Scorebook_V1_Event.OneOf_Body) throws(EventRefusal) {
    switch body {
    case .surveyResponseSubmitted(let response): try validate(response.answers)
    case .surveyResponseCompleted(let response): try validate(response.answers)
    case .surveyResponseCorrected(let correction): try validate(correction.answers)
    case .pointsEarned(let earned): try validate(points: earned.points, [])
    case .pointsRedeemed(let redeemed):
      try validate(points: redeemed.points, redeemed.allocations)
    case .pointsExpired(let expired): try validate(points: expired.points, expired.allocations)
    case .pointsReversed(let reversed):
      try validate(points: reversed.points, reversed.allocations)
    case .customersMerged(let merge): try validate(merge)
    // Nothing beyond the envelope to check.
    case .logStarted, .siteInvited, .siteEnrolled, .keyRotated, .siteRevoked, .siteRetired,
      .observed, .forkProven, .forkTailRepeated, .forkTailAdopted, .authorityDelegated,
      .textsWithheld, .hubCertified,
      .authorityReplaced, .importStarted, .importCompleted, .importVoided, .clockCorrected,
      .timeZoneSet, .calendarRevised, .metricDefinitionPublished, .scorePublished,
      .customerErasureRequested, .customerErased, .erasureAcknowledged, .branchOpened,
      .branchRenamed, .branchRegrouped, .branchClosed, .surveyDefined, .surveyRevised,
      .surveyInvitationSent, .surveyInvitationDelivered, .surveyInvitationBounced,
      .surveyInvitationSuppressed, .surveyShown, .surveyStarted, .surveyDismissed,
      .surveyResponseRetracted, .surveyResponseReinstated, .surveyResponseReattributed,
      .responseTopicTagged, .quoteApproved, .quoteShared, .quoteWithdrawn, .ticketOpened,
      .ticketCustomerMessaged, .ticketAgentReplied, .ticketAssigned, .ticketStatusChanged,
      .ticketResolved, .ticketReopened, .ticketClosed, .ticketMerged, .ticketSnapshotImported,
      .slaPolicyApplied, .followUpCaseOpened, .followUpCaseAssigned, .customerContacted,
      .apologyIssued, .compensationOffered, .compensationAccepted, .followUpCaseClosed,
      .followUpCaseReopened, .loyaltyMemberEnrolled, .pointsUnlocked, .pointsAdjusted,
      .stampCollected, .stampCardCompleted, .rewardIssued, .rewardRedeemed, .rewardCancelled,
      .rewardExpired, .tierChanged, .referralMade, .referralConverted, .referralBonusGranted,
      .discountGranted, .earlyAccessGranted, .purchaseRecorded, .purchaseRefunded,
      .subscriptionStarted, .recurringRevenueChanged, .subscriptionCancelled, .customerRegistered,
      .customerIdentityLinked, .segmentAssigned, .accountLinked, .championIdentified,
      .championMoved, .customersUnmerged, .consentGranted, .consentWithdrawn, .mentionObserved,
      .ideaSubmitted, .ideaVoted, .ideaMarkedDuplicate, .pebbleShipped, .benchmarkPublished,
      .experimentStarted, .experimentEnded:
      break
    }
  }

  private static func validate(_ merge: Scorebook_V1_CustomersMerged) throws(EventRefusal) {
    guard !merge.absorbed.isEmpty else { throw .mergeOfNobody }
    for customer in [merge.survivor] + merge.absorbed {
      guard customer.count == CustomerID.byteCount else {
        throw .badIdentifier(field: "merged customer", bytes: customer.count)
      }
    }
    // Two names of one address, such as with a capital letter, are one pseudonym already.
    guard Set([merge.survivor] + merge.absorbed).count == merge.absorbed.count + 1 else {
      throw .mergeWithItself
    }
  }

  private static func validate(_ answers: [Scorebook_V1_Answer]) throws(EventRefusal) {
    guard answers.count <= EventLimits.answersMax else {
      throw .tooLong(field: "answers", bytes: answers.count, limit: EventLimits.answersMax)
    }
    for (index, answer) in answers.enumerated() {
      try validate(answer.question, as: "question")
      // A survey has few questions: comparing them is cheaper than a set.
      guard !answers[..<index].contains(where: { $0.question == answer.question }) else {
        throw .questionTwice(answer.question)
      }
      guard case .value(let value) = answer.outcome else { continue }
      let (low, high) = (answer.scaleMin, answer.scaleMax)
      guard low <= high else {
        throw .scaleReversed(question: answer.question, low: low, high: high)
      }
      guard (low...high).contains(value) else {
        throw .answerOutsideScale(question: answer.question, value: value, low: low, high: high)
      }
    }
  }

  private static func validate(
    points: Int64, _ allocations: [Scorebook_V1_Allocation]
  ) throws(EventRefusal) {
    guard points > 0 else { throw .pointsNotPositive(points) }
    var allocated: Int64 = 0
    for allocation in allocations {
      guard allocation.points > 0 else { throw .pointsNotPositive(allocation.points) }
      let (sum, overflow) = allocated.addingReportingOverflow(allocation.points)
      guard !overflow, sum <= points else { throw .allocatedMore(allocated: sum, points: points) }
      allocated = sum
    }
  }
}

extension String {
  /// Asked of every label: a search in the bytes where they lie.
  fileprivate var holdsNUL: Bool {
    utf8.withContiguousStorageIfAvailable { $0.contains(0) } ?? utf8.contains(0)
  }
}
