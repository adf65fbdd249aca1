import LedgerSchema

extension ItemRenamer {
  /// The body, every item of the tail that it names renamed.
  func body(_ body: Scorebook_V1_Event.OneOf_Body?) -> Scorebook_V1_Event.OneOf_Body? {
    switch body {
    case .surveyResponseSubmitted(var response):
      response.ticket = data(response.ticket)
      return .surveyResponseSubmitted(response)
    case .ticketMerged(var merge):
      merge.into = data(merge.into)
      return .ticketMerged(merge)
    case .followUpCaseOpened(var opened):
      opened.about = data(opened.about)
      return .followUpCaseOpened(opened)
    case .pointsUnlocked, .pointsRedeemed, .pointsExpired, .pointsReversed, .pointsAdjusted:
      return points(body)
    default: return body  // No other body names an item.
    }
  }

  private func points(
    _ body: Scorebook_V1_Event.OneOf_Body?
  ) -> Scorebook_V1_Event.OneOf_Body? {
    switch body {
    case .pointsUnlocked(var points):
      points.allocations = allocations(points.allocations)
      return .pointsUnlocked(points)
    case .pointsRedeemed(var points):
      points.allocations = allocations(points.allocations)
      return .pointsRedeemed(points)
    case .pointsExpired(var points):
      points.allocations = allocations(points.allocations)
      return .pointsExpired(points)
    case .pointsReversed(var points):
      points.allocations = allocations(points.allocations)
      return .pointsReversed(points)
    case .pointsAdjusted(var points):
      points.allocations = allocations(points.allocations)
      return .pointsAdjusted(points)
    default: return body  // Not of points.
    }
  }

  private func allocations(_ list: [Scorebook_V1_Allocation]) -> [Scorebook_V1_Allocation] {
    list.map { allocation in
      var allocation = allocation
      allocation.lot = data(allocation.lot)
      return allocation
    }
  }
}
