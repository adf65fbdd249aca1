/// The fold: the history of one subject to what it adds to the counters. Now, at a cut, in an explanation and in a
/// verification it is this function that runs.
///
/// Total over any subset of a subject's events: an event whose target is missing adds nothing by itself.
package enum SubjectFold {
  /// Folds `rows`, the events of one item in any order, each once.
  ///
  /// `rows`: put into canonical order in place.
  /// `payload`: the bytes that the rows' payload ranges point into.
  /// - Complexity: O(n log n) comparisons for n events; nothing is allocated for a subject with one event.
  package static func fold<Sink: ContributionSink>(
    _ rows: inout [EventRow], payload: UnsafeRawBufferPointer, context: inout FoldContext,
    into sink: inout Sink
  ) {
    if context.passesOverSome {
      rows.removeAll { context.passesOver($0) }
    }
    if rows.count > 1 {
      rows.sort { context.precedes($0, $1) }
    }
    rows.withUnsafeBufferPointer { history in
      foldOrdered(history, payload: payload, context: &context, into: &sink)
    }
  }

  /// Folds one event that is all there is of its item. The same code as for many, without an array.
  @inline(__always)
  package static func fold<Sink: ContributionSink>(
    single row: EventRow, payload: UnsafeRawBufferPointer, context: inout FoldContext,
    into sink: inout Sink
  ) {
    if context.passesOverSome, context.passesOver(row) { return }
    withUnsafePointer(to: row) { pointer in
      foldOrdered(
        UnsafeBufferPointer(start: pointer, count: 1), payload: payload, context: &context,
        into: &sink)
    }
  }

  private static func foldOrdered<Sink: ContributionSink>(
    _ history: UnsafeBufferPointer<EventRow>, payload: UnsafeRawBufferPointer,
    context: inout FoldContext, into sink: inout Sink
  ) {
    var hasResponse = false
    var hasTicket = false
    for row in history {
      switch row.kind {
      case .invitationSent, .invitationDelivered, .invitationBounced, .responseSubmitted,
        .responseCompleted, .responseCorrected, .responseRetracted, .responseReinstated,
        .responseReattributed:
        hasResponse = true
      case .ticketOpened, .ticketReplied, .ticketResolved, .ticketReopened, .ticketClosed,
        .ticketStatusChanged, .ticketSnapshot, .ticketMerged:
        hasTicket = true
      case .pointsEarned, .pointsRedeemed, .pointsExpired, .pointsReversed, .pointsAdjusted:
        LoyaltyFold.fold(row, payload: payload, context: context, into: &sink)
      case .notFolded, .unknown, .context:
        break
      }
    }
    if hasResponse {
      ResponseFold.fold(history, payload: payload, context: &context, into: &sink)
    }
    if hasTicket {
      TicketFold.fold(history, payload: payload, context: &context, into: &sink)
    }
  }
}
