extension ReadOut {
  /// The measures whose counters it reads, ascending.
  public var measures: [Measure] {
    switch self {
    case .net(let buckets), .effortNet(let buckets, _): [buckets.scale.measure]
    case .mean(let scale): [scale.measure]
    case .topBox(let box): [box.scale.measure]
    case .index(let mean, _): mean.measures
    case .responseRate: [.invitations]
    case .duration(let duration, _): duration.measures
    case .reopenRate: [.ticketSolved]
    // The openings tell an empty desk from one where everything is solved.
    case .backlog: [.ticketFirstResponse, .ticketOpen, .ticketUnanswered]
    case .points, .redemptionRate: [.points]
    }
  }

  /// Whether it reads answers of responses: then one customer's may be compared, and a part of them chosen.
  public var readsAnswers: Bool {
    switch self {
    case .net, .effortNet, .mean, .topBox, .index: true
    case .responseRate, .duration, .reopenRate, .backlog, .points, .redemptionRate: false
    }
  }

  /// Whether it is a balance: then the counters of all days up to the window's end are read, days
  /// before the window and of unknown date included.
  public var isRunningTotal: Bool {
    switch self {
    case .backlog: true
    case .points(let sum): sum.isBalance
    case .net, .effortNet, .mean, .topBox, .index, .responseRate, .duration, .reopenRate,
      .redemptionRate:
      false
    }
  }
}

extension IndexMean {
  var measures: [Measure] {
    switch self {
    case .equal, .weighted, .pooled: [.csi]
    // The attributes' own counters know their scales; the respondents' do not.
    case .respondent: [.csi, .csiRespondent]
    }
  }
}

extension TicketDuration {
  /// The measure whose buckets are the durations in whole seconds.
  public var measure: Measure {
    switch self {
    case .firstResponse: .ticketFirstResponse
    case .firstResolution: .ticketFirstResolution
    case .fullResolution: .ticketFullResolution
    }
  }

  var measures: [Measure] {
    switch self {
    case .firstResponse: [measure, .ticketUnanswered]
    case .firstResolution, .fullResolution: [measure]
    }
  }
}

extension PointsSum {
  var isBalance: Bool {
    switch self {
    case .issued, .redeemed: false
    case .outstanding: true
    }
  }
}
