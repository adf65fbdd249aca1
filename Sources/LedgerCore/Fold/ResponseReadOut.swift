/// What a response's standing adds to the counters.
enum ResponseReadOut {
  /// True when at least one answer was counted: the response is scored.
  @inline(__always)
  static func addAnswers<Sink: ContributionSink>(
    of standing: ResponseStanding, payload: UnsafeRawBufferPointer, context: FoldContext,
    into sink: inout Sink
  ) -> Bool {
    var isScored = false
    var attributes: UInt32 = 0
    var sum: Int32 = 0
    forEachAnswer(of: standing, payload: payload, context: context) { number, value in
      guard let value, sink.wants(slot: number) else { return }
      let slot = context.vocabulary.scoring(ofSlot: number)
      guard let contribution = contribution(of: value, number, slot, standing) else { return }
      isScored = true
      if slot.metric == .csi {
        attributes += 1
        sum &+= value
      }
      sink.add(contribution)
    }
    if attributes > 0 {
      sink.add(
        Contribution(
          measure: .csiRespondent, labels: standing.labels, moment: standing.moment,
          bucket: IndexBucket(key: attributes, value: sum).rawValue))
    }
    return isScored
  }

  /// Sent, delivered and responded stand on the day of sending: a rate is filtered alike on both sides.
  static func addInvitation<Sink: ContributionSink>(
    of standing: ResponseStanding, isScored: Bool, into sink: inout Sink
  ) {
    guard let invitation = standing.invitation, !invitation.flags.contains(.excluded) else {
      return
    }
    let moment = Moment(of: invitation)
    func add(_ bucket: Int64) {
      sink.add(
        Contribution(
          measure: .invitations, labels: invitation.labels, moment: moment, bucket: bucket))
    }
    add(InvitationBucket.sent)
    // Who answered has received it, whatever the mail server said.
    guard !standing.isBounced || standing.isDelivered || isScored else { return }
    add(InvitationBucket.delivered)
    if isScored { add(InvitationBucket.responded) }
  }

  @inline(__always)
  private static func forEachAnswer(
    of standing: ResponseStanding, payload: UnsafeRawBufferPointer, context: FoldContext,
    _ body: (UInt32, Int32?) -> Void
  ) {
    guard let writer = standing.singleWriter else {
      for answer in standing.answers { body(answer.slot, answer.value) }
      return
    }
    var reader = ByteReader(payload, at: writer.payloadRange.lowerBound)
    if writer.kind == .responseCorrected, reader.byte() != 0 { _ = reader.signed() }
    AnswerPayload.forEach(in: &reader, vocabulary: context.vocabulary, body)
  }

  @inline(__always)
  private static func contribution(
    of value: Int32, _ number: UInt32, _ slot: SlotScoring, _ standing: ResponseStanding
  ) -> Contribution? {
    let measure: Measure
    var bucket: Int64
    switch slot.metric {
    case .other: return nil
    case .nps: (measure, bucket) = (.nps, slot.bucket(of: value))
    case .csat: (measure, bucket) = (.csat, slot.bucket(of: value))
    case .ces: (measure, bucket) = (.ces, slot.bucket(of: value))
    case .csi: (measure, bucket) = (.csi, IndexBucket(key: number, value: value).rawValue)
    }
    if slot.metric == .ces, slot.isLowerBetter {
      bucket = slot.bucket(of: slot.scaleMin &+ slot.scaleMax &- value)
    }
    return Contribution(
      measure: measure, labels: standing.labels, moment: standing.moment, bucket: bucket)
  }
}

/// What scoring needs of a slot, without its texts: read for every answer.
struct SlotScoring: BitwiseCopyable, Sendable {
  let metric: AnswerMetric
  let scaleMin: Int32
  let scaleMax: Int32
  let isLowerBetter: Bool

  init(_ slot: AnswerSlot) {
    metric = slot.metric
    scaleMin = slot.scaleMin
    scaleMax = slot.scaleMax
    isLowerBetter = slot.isLowerBetter
  }

  @inline(__always)
  func bucket(of value: Int32) -> Int64 {
    AnswerBucket(scaleMin: scaleMin, scaleMax: scaleMax, value: value).rawValue
  }
}
