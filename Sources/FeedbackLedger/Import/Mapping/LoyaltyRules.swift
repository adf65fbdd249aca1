/// A row is one line of a loyalty programme: a sale that earns points, or a movement of points.
package struct LoyaltyRules: Decodable, Sendable {
  /// What the points of a row do.
  package enum Movement: String, CaseIterable, Sendable { case earned, redeemed, expired }
  package enum Reason: String, CaseIterable, Sendable {
    case purchase, promotion, referral, survey, manual
  }

  package let points: PointsRule
  /// Nil: every row earns.
  package let movement: MovementRule?
  package let reason: Reason

  /// From the source's code to the movement.
  package struct MovementRule: Decodable, Sendable {
    package let column: ColumnName
    package let values: [String: Movement]

    private enum Key: String, CodingKey, CaseIterable { case column, values }

    package init(from decoder: any Decoder) throws {
      let keys = try StrictContainer<Key>(decoder)
      column = try keys.required(.column)
      values = try keys.choices(.values)
    }
  }

  private enum Key: String, CodingKey, CaseIterable { case points, movement, reason }

  package init(from decoder: any Decoder) throws {
    let keys = try StrictContainer<Key>(decoder)
    points = try keys.required(.points)
    movement = try keys.optional(.movement)
    reason = try keys.choice(.reason) ?? .purchase
    if movement != nil, points.group != nil {
      throw keys.refuse(
        "movement", at: .points, expected: "group: line where rows also redeem or expire")
    }
  }
}

/// How many points an amount is: one for each whole `per`.
///
/// The group decides what is rounded, and so how much is issued: of 0.60 and 0.60 in one basket,
/// `line` makes 0 points and `basket` makes 1. A group's amounts are summed as the rows come, and a
/// row earns the whole units that the sum newly reaches.
package struct PointsRule: Decodable, Sendable {
  package enum Rounding: String, CaseIterable, Sendable { case down, nearest, up }
  package enum Group: String, CaseIterable, Sendable { case line, basket, household }

  package let column: ColumnName
  package let per: Amount
  package let rounding: Rounding
  /// What names the basket or household; nil for `line`.
  package let group: ColumnName?

  private enum Key: String, CodingKey, CaseIterable {
    case column, per, round, group, basket, household
  }

  package init(from decoder: any Decoder) throws {
    let keys = try StrictContainer<Key>(decoder)
    column = try keys.required(.column)
    let per: String = try keys.optional(.per) ?? "1"
    guard let amount = Amount(per), amount > .zero else {
      throw keys.refuse(per, at: .per, expected: "a number greater than 0")
    }
    self.per = amount
    rounding = try keys.choice(.round) ?? .down
    switch try keys.choice(.group) ?? Group.line {
    case .line: group = nil
    case .basket: group = try keys.required(.basket)
    case .household: group = try keys.required(.household)
    }
    if group != nil, rounding != .down {
      throw keys.refuse(rounding.rawValue, at: .round, expected: "down, where a running sum earns")
    }
  }
}
