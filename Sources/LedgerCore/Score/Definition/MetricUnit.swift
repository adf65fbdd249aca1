/// What one step of a score's value is.
public enum MetricUnit: String, Sendable, Hashable, CaseIterable {
  /// Of a net score, -100...100. No per cent sign: it is a difference of shares.
  case netPoints = "net points"
  /// Of the definition's scale.
  case scalePoints = "points of the scale"
  /// Of the scale, turned so that a high number is an easy one.
  case ease = "ease"
  /// Usually 0...100.
  case percent = "percent"
  /// Of the attributes' common scale, or 0...100 where they have none.
  case indexPoints = "index points"
  /// With fractions; never rounded to whole ones before display.
  case minutes = "minutes"
  /// A whole number.
  case tickets = "tickets"
  /// A whole number; negative where a balance is overdrawn.
  case loyaltyPoints = "loyalty points"

  /// How many decimals are shown unless something else is asked for: 1 for a net score, none for
  /// what is counted, otherwise 2.
  public var decimals: Int {
    switch self {
    case .netPoints: 1
    case .tickets, .loyaltyPoints: 0
    case .scalePoints, .ease, .percent, .indexPoints, .minutes: 2
    }
  }
}

/// Which direction is good news: it drives colours, arrows and alerts.
public enum MetricPolarity: String, Sendable, Hashable, CaseIterable {
  /// A rise is an improvement.
  case higherIsBetter = "higher is better"
  /// A fall is an improvement.
  case lowerIsBetter = "lower is better"
}

extension ReadOut {
  /// The unit of the value and of its interval.
  public var unit: MetricUnit {
    switch self {
    case .net, .effortNet: .netPoints
    case .mean(let scale): scale.measure == .ces ? .ease : .scalePoints
    case .topBox, .responseRate, .reopenRate, .redemptionRate: .percent
    case .index: .indexPoints
    case .duration: .minutes
    case .backlog: .tickets
    case .points: .loyaltyPoints
    }
  }

  /// Points that customers may still spend are a liability, so fewer of them are better.
  public var polarity: MetricPolarity {
    switch self {
    case .net, .mean, .topBox, .index, .responseRate, .redemptionRate: .higherIsBetter
    case .duration, .reopenRate, .backlog: .lowerIsBetter
    case .effortNet(_, .easeLessDifficulty): .higherIsBetter
    case .effortNet(_, .difficultyLessEase): .lowerIsBetter
    case .points(.issued), .points(.redeemed): .higherIsBetter
    case .points(.outstanding): .lowerIsBetter
    }
  }
}
