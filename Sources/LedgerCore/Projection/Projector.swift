package import LedgerSchema

/// Turns a decoded event into the row that the fold reads, and its payload bytes. The only place that knows how
/// each folded kind is laid out; `Payload` readers beside each fold are its mirror.
package struct Projector: Sendable {
  package let zone: ZoneOffsets

  package init(zone: ZoneOffsets) {
    self.zone = zone
  }

  /// What is known of an event before it is decoded.
  package struct Place: Sendable {
    package var address: Address
    package var logNumber: UInt32
    package var stamp: Int64
    /// The site of the log, for events that name none.
    package var site: String

    package init(address: Address, logNumber: UInt32, stamp: Int64, site: String) {
      self.address = address
      self.logNumber = logNumber
      self.stamp = stamp
      self.site = site
    }
  }

  /// The row, with `position` and `item` still 0 (the store numbers them); its payload is appended to `payload`. A
  /// repeated event has the row of what it repeats, with its own place.
  package func row(
    of recorded: Scorebook_V1_Event, at place: Place, vocabulary: inout Vocabulary,
    payload: inout [UInt8]
  ) -> EventRow {
    let event = recorded.meaning
    var row = EventRow.none
    row.log = place.logNumber
    row.seq = UInt32(clamping: place.address.seq)
    row.stamp = place.stamp
    row.recorded = event.recordedUs
    row.payloadOffset = UInt32(payload.count)
    row.kind = Self.appendPayload(of: event.body, vocabulary: &vocabulary, to: &payload)
    row.payloadCount = UInt32(payload.count) - row.payloadOffset
    if row.kind == .notFolded || row.kind == .unknown { return row }
    setOccurrence(of: event, in: &row)
    if !event.customer.isEmpty {
      row.customer = CustomerID(bytes: event.customer) ?? row.customer
    }
    row.labels = Self.internLabels(of: event, site: place.site, vocabulary: &vocabulary)
    if event.hasOrigin, let batch = ItemID(bytes: event.origin.batch) {
      row.batch = vocabulary.intern(batch: batch)
    }
    if !event.item.isEmpty { row.flags.insert(.namesItem) }
    if !event.flags.isEmpty { row.flags.insert(.excluded) }
    if case .surveyResponseSubmitted(let response) = event.body, response.completeness == .partial {
      row.flags.insert(.partial)
    }
    return row
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

  private static func internLabels(
    of event: Scorebook_V1_Event, site: String, vocabulary: inout Vocabulary
  ) -> UInt32 {
    var labels = event.labels.map { Label(key: $0.key, value: $0.value) }
    if !labels.contains(where: { $0.key == Label.site }) {
      let place = labels.firstIndex { Label.site < $0.key } ?? labels.endIndex
      labels.insert(Label(key: Label.site, value: site), at: place)
    }
    return vocabulary.intern(LabelSet(labels))
  }

  private static func appendPayload(
    of body: Scorebook_V1_Event.OneOf_Body?, vocabulary: inout Vocabulary, to payload: inout [UInt8]
  ) -> RowKind {
    guard let body else { return .unknown }
    if let kind = appendSurveyPayload(of: body, vocabulary: &vocabulary, to: &payload) {
      return kind
    }
    if let kind = appendTicketPayload(of: body, to: &payload) { return kind }
    if let kind = appendLoyaltyPayload(of: body, to: &payload) { return kind }
    return EventKindGroup.isContext(body) ? .context : .notFolded
  }

  private static func appendSurveyPayload(
    of body: Scorebook_V1_Event.OneOf_Body, vocabulary: inout Vocabulary, to payload: inout [UInt8]
  ) -> RowKind? {
    switch body {
    case .surveyInvitationSent: return .invitationSent
    case .surveyInvitationDelivered: return .invitationDelivered
    case .surveyInvitationBounced, .surveyInvitationSuppressed: return .invitationBounced
    case .surveyResponseSubmitted(let response):
      AnswerPayload.append(response.answers, vocabulary: &vocabulary, to: &payload)
      return .responseSubmitted
    case .surveyResponseCompleted(let response):
      AnswerPayload.append(response.answers, vocabulary: &vocabulary, to: &payload)
      return .responseCompleted
    case .surveyResponseCorrected(let correction):
      payload.append(correction.hasOccurredUs ? 1 : 0)
      if correction.hasOccurredUs {
        ByteCoding.append(ByteCoding.zigzag(correction.occurredUs), to: &payload)
      }
      AnswerPayload.append(correction.answers, vocabulary: &vocabulary, to: &payload)
      return .responseCorrected
    case .surveyResponseRetracted: return .responseRetracted
    case .surveyResponseReinstated: return .responseReinstated
    case .surveyResponseReattributed(let change):
      appendReattribution(change, vocabulary: &vocabulary, to: &payload)
      return .responseReattributed
    default: return nil
    }
  }

  private static func appendReattribution(
    _ change: Scorebook_V1_SurveyResponseReattributed, vocabulary: inout Vocabulary,
    to payload: inout [UInt8]
  ) {
    if change.key == "customer" {
      payload.append(1)
      payload.append(
        contentsOf: (CustomerID(bytes: change.toCustomer) ?? EventRow.none.customer).bytes)
    } else {
      payload.append(0)
      let label = vocabulary.intern(Label(key: change.key, value: change.to))
      ByteCoding.append(UInt64(label), to: &payload)
    }
  }

  private static func appendTicketPayload(
    of body: Scorebook_V1_Event.OneOf_Body, to payload: inout [UInt8]
  ) -> RowKind? {
    switch body {
    case .ticketOpened: return .ticketOpened
    case .ticketAgentReplied(let reply):
      return !reply.private && reply.authorType == .human ? .ticketReplied : .notFolded
    case .ticketResolved: return .ticketResolved
    case .ticketReopened: return .ticketReopened
    case .ticketClosed: return .ticketClosed
    case .ticketMerged: return .ticketMerged
    case .ticketStatusChanged(let change):
      ByteCoding.append(UInt64(change.to.rawValue), to: &payload)
      return .ticketStatusChanged
    case .ticketSnapshotImported(let snapshot):
      TicketSnapshotPayload(snapshot).append(to: &payload)
      return .ticketSnapshot
    default: return nil
    }
  }

  private static func appendLoyaltyPayload(
    of body: Scorebook_V1_Event.OneOf_Body, to payload: inout [UInt8]
  ) -> RowKind? {
    switch body {
    case .pointsEarned(let earned):
      PointsPayload(points: earned.points).append(to: &payload)
      return .pointsEarned
    case .pointsRedeemed(let redeemed):
      PointsPayload(points: redeemed.points, allocations: redeemed.allocations).append(to: &payload)
      return .pointsRedeemed
    case .pointsExpired(let expired):
      PointsPayload(points: expired.points, allocations: expired.allocations).append(to: &payload)
      return .pointsExpired
    case .pointsReversed(let reversed):
      PointsPayload(
        points: reversed.points, allocations: reversed.allocations,
        isRedemption: reversed.redemption
      ).append(to: &payload)
      return .pointsReversed
    case .pointsAdjusted(let adjusted):
      PointsPayload(points: adjusted.points, allocations: adjusted.allocations).append(to: &payload)
      return .pointsAdjusted
    default: return nil
    }
  }
}

/// The kinds that change what counts, rather than one subject.
package enum EventKindGroup {
  package static func isContext(_ body: Scorebook_V1_Event.OneOf_Body) -> Bool {
    switch body {
    case .logStarted, .siteInvited, .siteEnrolled, .keyRotated, .siteRevoked, .siteRetired,
      .observed,
      .forkProven, .forkTailAdopted, .authorityDelegated, .authorityReplaced, .importVoided,
      .clockCorrected, .timeZoneSet, .metricDefinitionPublished, .customersMerged,
      .customersUnmerged,
      .customerErased:
      true
    default: false
    }
  }
}
