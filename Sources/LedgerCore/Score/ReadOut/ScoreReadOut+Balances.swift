extension ScoreReadOut {
  /// Open tickets now, of the tickets ever opened. A desk where all is solved has a backlog of 0;
  /// one without tickets has none.
  static func backlog(_ counts: MeasureCounts) -> Reading {
    let open = counts.total(of: .ticketOpen)
    let opened = counts.total(of: .ticketFirstResponse) + counts.total(of: .ticketUnanswered)
    // A reply claimed before the opening counts in neither, so there may be more open than opened.
    let tickets = max(opened, abs(open))
    return Reading(
      tickets == 0 ? nil : Double(open), n: tickets, counts: ["open": open, "opened": opened])
  }

  /// Where points moved but not those asked for, their sum is 0; where none did, there is none.
  static func points(_ sum: PointsSum, _ counts: MeasureCounts) -> Reading {
    let cells = counts[.points].filter { $0.bucket != PointsBucket.redeemedOfLot }
    let moved = cells.reduce(Int64(0)) { $0.addingClamped($1.count.magnitude) }
    let terms = sum.terms
    let value = terms.reduce(0) { $0 &+ $1.sign &* counts[.points, $1.bucket] }
    var reading = Reading(moved == 0 ? nil : Double(value), n: moved, counts: [:])
    reading.counts = terms.map {
      Score.Count(name: $0.name, value: counts[.points, $0.bucket])
    }
    return reading
  }

  /// Without an interval: the points of one purchase are spent together, so they are no sample of
  /// independent draws.
  static func redemptionRate(_ counts: MeasureCounts) -> Reading {
    let issued = counts[.points, PointsBucket.issued]
    let redeemed = counts[.points, PointsBucket.redeemedOfLot]
    guard issued >= 0 else { return Reading(without: .countersContradict) }
    return Reading(
      ScoreTotal(sum: redeemed, count: issued).mean(pointsPerUnit: 100), n: issued,
      counts: ["redeemed": redeemed, "issued": issued])
  }
}

extension Int64 {
  fileprivate func addingClamped(_ other: UInt64) -> Int64 {
    let (sum, overflows) = addingReportingOverflow(Int64(clamping: other))
    return overflows ? .max : sum
  }
}

extension PointsSum {
  fileprivate struct Term {
    let name: String
    let bucket: Int64
    var sign: Int64 = 1
  }

  fileprivate var terms: [Term] {
    switch self {
    case .issued: [Term(name: "issued", bucket: PointsBucket.issued)]
    case .redeemed: [Term(name: "redeemed", bucket: PointsBucket.redeemed)]
    case .outstanding:
      [
        Term(name: "issued", bucket: PointsBucket.issued),
        Term(name: "redeemed", bucket: PointsBucket.redeemed, sign: -1),
        Term(name: "expired", bucket: PointsBucket.expired, sign: -1),
        Term(name: "awardReversed", bucket: PointsBucket.awardReversed, sign: -1),
        Term(name: "redemptionReversed", bucket: PointsBucket.redemptionReversed),
        Term(name: "adjusted", bucket: PointsBucket.adjusted),
      ]
    }
  }
}
