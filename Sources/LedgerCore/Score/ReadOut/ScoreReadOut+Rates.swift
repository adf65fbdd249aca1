extension ScoreReadOut {
  static func responseRate(_ counts: MeasureCounts, _ confidence: Confidence) -> Reading {
    let delivered = counts[.invitations, InvitationBucket.delivered]
    let responded = counts[.invitations, InvitationBucket.responded]
    guard responded <= delivered else { return Reading(without: .countersContradict) }
    let share = ProportionCounts(successes: responded, of: delivered)
    return Reading(
      share.percent, share.wilson(confidence), n: delivered,
      counts: [
        "invited": counts[.invitations, InvitationBucket.sent], "delivered": delivered,
        "responded": responded,
      ])
  }

  static func reopenRate(_ counts: MeasureCounts, _ confidence: Confidence) -> Reading {
    let solved = counts[.ticketSolved, SolvedBucket.tickets]
    let reopened = counts[.ticketSolved, SolvedBucket.reopenedTickets]
    let reopens = counts[.ticketSolved, SolvedBucket.reopens]
    guard reopened <= solved else { return Reading(without: .countersContradict) }
    let share = ProportionCounts(successes: reopened, of: solved)
    var reading = Reading(
      share.percent, share.wilson(confidence), n: solved,
      counts: ["solved": solved, "reopened": reopened, "reopens": reopens])
    if let perSolved = ScoreTotal(sum: reopens, count: solved).mean() {
      reading.figures = [Score.Figure(name: "reopensPerSolved", value: perSolved)]
    }
    return reading
  }
}
