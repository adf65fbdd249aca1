package import LedgerCore
package import LedgerSchema

/// Event bodies, short to write.
package enum Bodies {
  package typealias Body = Scorebook_V1_Event.OneOf_Body

  package static func answer(
    _ question: String, _ value: Int32?, _ metric: Scorebook_V1_AnswerMetric,
    _ scale: ClosedRange<Int32>, lowerIsBetter: Bool = false, weightMilli: UInt32 = 0
  ) -> Scorebook_V1_Answer {
    var answer = Scorebook_V1_Answer()
    answer.question = question
    answer.outcome = value.map { .value($0) } ?? .skipped(true)
    answer.metric = metric
    answer.scaleMin = scale.lowerBound
    answer.scaleMax = scale.upperBound
    answer.polarity = lowerIsBetter ? .lowerIsBetter : .higherIsBetter
    answer.weightMilli = weightMilli
    return answer
  }

  package static func nps(_ value: Int32?) -> Scorebook_V1_Answer {
    answer("recommend", value, .nps, 0...10)
  }

  package static func response(
    _ answers: [Scorebook_V1_Answer], isPartial: Bool = false
  ) -> Body {
    var response = Scorebook_V1_SurveyResponseSubmitted()
    response.survey = "after-visit"
    response.answers = answers
    response.completeness = isPartial ? .partial : .complete
    return .surveyResponseSubmitted(response)
  }

  package static func completed(_ answers: [Scorebook_V1_Answer]) -> Body {
    var completed = Scorebook_V1_SurveyResponseCompleted()
    completed.answers = answers
    return .surveyResponseCompleted(completed)
  }

  package static func corrected(
    _ answers: [Scorebook_V1_Answer], occurred: Instant? = nil
  ) -> Body {
    var corrected = Scorebook_V1_SurveyResponseCorrected()
    corrected.answers = answers
    if let occurred { corrected.occurredUs = occurred.microseconds }
    return .surveyResponseCorrected(corrected)
  }

  package static var retracted: Body { .surveyResponseRetracted(.init()) }

  package static func retracted(_ reason: Scorebook_V1_SurveyResponseRetracted.Reason) -> Body {
    var retracted = Scorebook_V1_SurveyResponseRetracted()
    retracted.reason = reason
    return .surveyResponseRetracted(retracted)
  }

  package static var reinstated: Body { .surveyResponseReinstated(.init()) }

  package static func reattributed(_ key: String, to value: String) -> Body {
    var change = Scorebook_V1_SurveyResponseReattributed()
    change.key = key
    change.to = value
    return .surveyResponseReattributed(change)
  }

  package static func reattributed(to customer: CustomerID) -> Body {
    var change = Scorebook_V1_SurveyResponseReattributed()
    change.key = "customer"
    change.toCustomer = ProtobufBytes.data(customer.bytes)
    return .surveyResponseReattributed(change)
  }

  /// The first one survives.
  package static func merged(_ customers: [CustomerID]) -> Body {
    var merge = Scorebook_V1_CustomersMerged()
    merge.survivor = ProtobufBytes.data(customers.first?.bytes ?? [])
    merge.absorbed = customers.dropFirst().map { ProtobufBytes.data($0.bytes) }
    return .customersMerged(merge)
  }

  package static func replied(
    _ author: Scorebook_V1_AuthorType = .human, isPrivate: Bool = false
  ) -> Body {
    var reply = Scorebook_V1_TicketAgentReplied()
    reply.authorType = author
    reply.private = isPrivate
    return .ticketAgentReplied(reply)
  }

  package static func status(_ status: Scorebook_V1_TicketStatus) -> Body {
    var change = Scorebook_V1_TicketStatusChanged()
    change.to = status
    return .ticketStatusChanged(change)
  }

  package static func earned(_ points: Int64) -> Body {
    var earned = Scorebook_V1_PointsEarned()
    earned.points = points
    return .pointsEarned(earned)
  }

  package static func redeemed(
    _ points: Int64, from lots: [(points: Int64, earned: Instant)] = []
  ) -> Body {
    var redeemed = Scorebook_V1_PointsRedeemed()
    redeemed.points = points
    redeemed.allocations = lots.map { lot in
      var allocation = Scorebook_V1_Allocation()
      allocation.points = lot.points
      allocation.earnedUs = lot.earned.microseconds
      return allocation
    }
    return .pointsRedeemed(redeemed)
  }
}
