/// Invitation, answers, corrections, retractions, reinstatements, re-attributions of one response.
enum ResponseFold {
  static func fold<Sink: ContributionSink>(
    _ history: UnsafeBufferPointer<EventRow>, payload: UnsafeRawBufferPointer,
    context: inout FoldContext, into sink: inout Sink
  ) {
    let standing = standing(of: history, payload: payload, context: &context)
    var isScored = false
    if standing.counts {
      if sink.begin(Respondent(of: standing, context)) {
        isScored = ResponseReadOut.addAnswers(
          of: standing, payload: payload, context: context, into: &sink)
      }
      sink.add(
        Contribution(
          measure: .responses, labels: standing.labels, moment: standing.moment,
          bucket: standing.isPartial ? 1 : 0))
      if standing.conflicts > 0 {
        sink.add(
          Contribution(
            measure: .conflicts, labels: standing.labels, moment: standing.moment,
            weight: standing.conflicts))
      }
    }
    if standing.invitation != nil {
      ResponseReadOut.addInvitation(of: standing, isScored: isScored, into: &sink)
    }
  }

  /// - Precondition: `history` is in canonical order.
  static func standing(
    of history: UnsafeBufferPointer<EventRow>, payload: UnsafeRawBufferPointer,
    context: inout FoldContext
  ) -> ResponseStanding {
    var standing = ResponseStanding()
    let writers = history.lazy.filter { $0.kind.writesAnswers }.count
    for index in history.indices {
      let row = history[index]
      switch row.kind {
      case .responseSubmitted:
        open(row, in: &standing)
        write(
          index, of: history, isOnly: writers == 1, payload: payload, context: context,
          to: &standing)
      case .responseCompleted:
        standing.isPartial = false
        write(
          index, of: history, isOnly: writers == 1, payload: payload, context: context,
          to: &standing)
      case .responseCorrected:
        write(
          index, of: history, isOnly: writers == 1, payload: payload, context: context,
          to: &standing)
      case .responseRetracted:
        standing.isRetracted =
          standing.isRetracted || !isUndone(index, in: history, context: context)
      case .responseReattributed:
        reattribute(row, payload: payload, context: &context, in: &standing)
      case .invitationSent: if standing.invitation == nil { standing.invitation = row }
      case .invitationDelivered: standing.isDelivered = true
      case .invitationBounced: standing.isBounced = true
      case .responseReinstated: break  // Read where a retraction asks for it.
      case .notFolded, .unknown, .context, .ticketOpened, .ticketReplied, .ticketResolved,
        .ticketReopened, .ticketClosed, .ticketStatusChanged, .ticketSnapshot, .ticketMerged,
        .pointsEarned, .pointsRedeemed, .pointsExpired, .pointsReversed, .pointsAdjusted:
        break
      }
    }
    return standing
  }

  /// The first submission opens the response: its labels, customer and day are the response's. A second one (the
  /// same form keyed twice) is one more write of the answers.
  private static func open(_ row: EventRow, in standing: inout ResponseStanding) {
    guard standing.opener == nil else { return }
    standing.opener = row
    standing.labels = row.labels
    standing.customer = row.customer
    standing.moment = Moment(of: row)
    standing.isPartial = row.flags.contains(.partial)
  }

  /// A retraction stands until a reinstatement that causally follows it: a concurrent one has not seen it. That of
  /// an erasure stands for good: erasure beats everything.
  private static func isUndone(
    _ index: Int, in history: UnsafeBufferPointer<EventRow>, context: FoldContext
  ) -> Bool {
    guard !history[index].flags.contains(.erasure) else { return false }
    return history[index...].contains {
      $0.kind == .responseReinstated && context.happenedBefore(history[index], $0)
    }
  }

  private static func write(
    _ index: Int, of history: UnsafeBufferPointer<EventRow>, isOnly: Bool,
    payload: UnsafeRawBufferPointer, context: FoldContext, to standing: inout ResponseStanding
  ) {
    let row = history[index]
    if isOnly {
      standing.singleWriter = row
      return
    }
    var reader = ByteReader(payload, at: row.payloadRange.lowerBound)
    if row.kind == .responseCorrected, reader.byte() != 0 {
      standing.moment = Moment(microseconds: reader.signed(), zone: context.zone)
    }
    AnswerPayload.forEach(in: &reader, vocabulary: context.vocabulary) { slot, value in
      let answer = ResponseStanding.Answer(slot: slot, value: value, writer: index)
      let question = context.vocabulary.question(ofSlot: slot)
      guard
        let earlier = standing.answers.firstIndex(where: {
          context.vocabulary.question(ofSlot: $0.slot) == question
        })
      else {
        standing.answers.append(answer)
        return
      }
      let previous = standing.answers[earlier]
      if previous.value != value, !context.happenedBefore(history[previous.writer], row) {
        standing.conflicts += 1
      }
      standing.answers[earlier] = answer
    }
  }

  private static func reattribute(
    _ row: EventRow, payload: UnsafeRawBufferPointer, context: inout FoldContext,
    in standing: inout ResponseStanding
  ) {
    var reader = ByteReader(payload, at: row.payloadRange.lowerBound)
    if reader.byte() == 1 {
      standing.customer = CustomerID(bytes: reader.take(16)) ?? standing.customer
      return
    }
    let number = UInt32(truncatingIfNeeded: reader.unsigned())
    guard Int(number) < context.vocabulary.labels.count else { return }
    standing.labels = context.vocabulary.replacing(
      context.vocabulary.labels[number], inLabelSet: standing.labels)
  }
}

extension RowKind {
  var writesAnswers: Bool {
    self == .responseSubmitted || self == .responseCompleted || self == .responseCorrected
  }
}
