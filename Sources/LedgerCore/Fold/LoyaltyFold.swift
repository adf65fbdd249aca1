/// Movements of points. Each is a sum of its own, so a branch that redeems offline never invalidates another's
/// receipt: both stand, and the balance shows it.
enum LoyaltyFold {
  static func fold<Sink: ContributionSink>(
    _ row: EventRow, payload: UnsafeRawBufferPointer, context: FoldContext, into sink: inout Sink
  ) {
    guard !row.flags.contains(.excluded) else { return }
    var reader = ByteReader(payload, at: row.payloadRange.lowerBound)
    let movement = PointsPayload(reading: &reader)
    guard let bucket = bucket(of: row.kind, movement) else { return }
    let moment = Moment(of: row)
    sink.add(
      Contribution(
        measure: .points, labels: row.labels, moment: moment, bucket: bucket,
        weight: movement.points))
    if row.kind == .pointsRedeemed {
      addCohort(of: movement, row: row, context: context, into: &sink)
    }
  }

  /// Nil for what moves no points.
  private static func bucket(of kind: RowKind, _ movement: PointsPayload) -> Int64? {
    switch kind {
    case .pointsEarned: PointsBucket.issued
    case .pointsRedeemed: PointsBucket.redeemed
    case .pointsExpired: PointsBucket.expired
    case .pointsReversed:
      movement.isRedemption ? PointsBucket.redemptionReversed : PointsBucket.awardReversed
    case .pointsAdjusted: PointsBucket.adjusted
    case .notFolded, .unknown, .context, .invitationSent, .invitationDelivered,
      .invitationBounced, .responseSubmitted, .responseCompleted, .responseCorrected,
      .responseRetracted, .responseReinstated, .responseReattributed, .ticketOpened,
      .ticketReplied, .ticketResolved, .ticketReopened, .ticketClosed, .ticketStatusChanged,
      .ticketSnapshot, .ticketMerged:
      nil
    }
  }

  /// What was redeemed counts in the cohort of the lots it was drawn from; the rest on its own day.
  private static func addCohort<Sink: ContributionSink>(
    of movement: PointsPayload, row: EventRow, context: FoldContext, into sink: inout Sink
  ) {
    var rest = movement.points
    for allocation in movement.allocations where allocation.earned != 0 {
      // A foreign entry may hold any numbers: sums wrap, everywhere alike.
      rest &-= allocation.points
      let moment = Moment(microseconds: allocation.earned, zone: context.zone)
      sink.add(
        Contribution(
          measure: .points, labels: row.labels, moment: moment, bucket: PointsBucket.redeemedOfLot,
          weight: allocation.points))
    }
    guard rest != 0 else { return }
    sink.add(
      Contribution(
        measure: .points, labels: row.labels, moment: Moment(of: row),
        bucket: PointsBucket.redeemedOfLot, weight: rest))
  }
}
