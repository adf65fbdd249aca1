/// Finds whose a response is, after all re-attributions, by the fold itself.
package struct RespondentProbe: ContributionSink {
  /// Nil for a response that does not count, and for one that nobody knows the customer of.
  package private(set) var customer: CustomerID?

  /// `rows`: the counted rows of one item, in any order.
  package init(
    of rows: [EventRow], payload: UnsafeRawBufferPointer, context: inout FoldContext
  ) {
    var rows = rows
    SubjectFold.fold(&rows, payload: payload, context: &context, into: &self)
  }

  package mutating func begin(_ respondent: @autoclosure () -> Respondent) -> Bool {
    let respondent = respondent()
    customer = respondent.isAnonymous ? nil : respondent.customer
    return false
  }

  package mutating func add(_ contribution: Contribution) {}
}

extension EventRow {
  /// The customer that a row names as the one a response belongs to; nil where it names none.
  ///
  /// `payload`: the bytes that the row points into.
  package func respondent(payload: UnsafeRawBufferPointer) -> CustomerID? {
    let named: CustomerID?
    switch kind {
    case .responseSubmitted: named = customer
    case .responseReattributed:
      var reader = ByteReader(payload, at: payloadRange.lowerBound)
      named = reader.byte() == 1 ? CustomerID(bytes: reader.take(16)) : nil
    case .notFolded, .unknown, .context, .invitationSent, .invitationDelivered, .invitationBounced,
      .responseCompleted, .responseCorrected, .responseRetracted, .responseReinstated,
      .ticketOpened, .ticketReplied, .ticketResolved, .ticketReopened, .ticketClosed,
      .ticketStatusChanged, .ticketSnapshot, .ticketMerged, .pointsEarned, .pointsRedeemed,
      .pointsExpired, .pointsReversed, .pointsAdjusted:
      named = nil
    }
    return named == EventRow.none.customer ? nil : named
  }
}
