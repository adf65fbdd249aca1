/// A ticket's life, event-based: what happened when, not what a status field says today.
enum TicketFold {
  static func fold<Sink: ContributionSink>(
    _ history: UnsafeBufferPointer<EventRow>, payload: UnsafeRawBufferPointer,
    context: inout FoldContext, into sink: inout Sink
  ) {
    guard let standing = TicketStanding(of: history, payload: payload), standing.counts else {
      return
    }
    let labels = standing.opener.labels
    func moment(_ microseconds: Int64) -> Moment {
      Moment(microseconds: microseconds, isDayOnly: standing.isDayOnly, zone: context.zone)
    }
    let opened = standing.opened.map(moment) ?? Moment(of: EventRow.none)
    for turn in standing.turns {
      sink.add(
        Contribution(
          measure: .ticketOpen, labels: labels, moment: turn.occurred.map(moment) ?? opened,
          weight: turn.isOpen ? 1 : -1))
    }
    if let seconds = standing.seconds(to: standing.firstReplied) {
      sink.add(
        Contribution(measure: .ticketFirstResponse, labels: labels, moment: opened, bucket: seconds)
      )
    } else if standing.firstReplied == nil {
      sink.add(Contribution(measure: .ticketUnanswered, labels: labels, moment: opened))
    }
    guard let firstSolved = standing.firstSolved, let lastSolved = standing.lastSolved else {
      return
    }
    addSolved(standing, labels: labels, moment: moment(firstSolved), into: &sink)
    if let seconds = standing.seconds(to: lastSolved) {
      sink.add(
        Contribution(
          measure: .ticketFullResolution, labels: labels, moment: moment(lastSolved),
          bucket: seconds))
    }
  }

  private static func addSolved<Sink: ContributionSink>(
    _ standing: TicketStanding, labels: UInt32, moment: Moment, into sink: inout Sink
  ) {
    func add(_ measure: Measure, _ bucket: Int64, _ weight: Int64 = 1) {
      sink.add(
        Contribution(
          measure: measure, labels: labels, moment: moment, bucket: bucket, weight: weight))
    }
    if let seconds = standing.seconds(to: standing.firstSolved) {
      add(.ticketFirstResolution, seconds)
    }
    add(.ticketSolved, SolvedBucket.tickets)
    guard standing.reopens > 0 else { return }
    add(.ticketSolved, SolvedBucket.reopenedTickets)
    add(.ticketSolved, SolvedBucket.reopens, standing.reopens)
  }
}
