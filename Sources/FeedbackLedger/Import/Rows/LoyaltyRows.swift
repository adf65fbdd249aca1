import LedgerSchema
import SwiftProtobuf

/// Rows that are lines of a loyalty programme.
struct LoyaltyRows {
  /// Points beyond any programme; a greater count is a slip of units.
  private static let pointsMax: Int64 = 1_000_000_000_000

  private let occurred: TimeCell
  private let points: PointsRule
  private let amount: Int
  private let group: Int?
  private let movement: ChoiceCell<LoyaltyRules.Movement>?
  private let reason: Scorebook_V1_PointsReason

  init(
    _ rules: LoyaltyRules, of mapping: Mapping, _ binder: inout Binder
  ) throws(ImportRefusal) {
    occurred = try binder.time(try mapping.requiredOccurred)
    points = rules.points
    amount = try binder.index(of: rules.points.column)
    group = if let column = rules.points.group { try binder.index(of: column) } else { nil }
    if let rule = rules.movement {
      movement = try ChoiceCell(rule.column, values: rule.values, &binder)
    } else {
      movement = nil
    }
    reason = rules.reason.pointsReason
  }

  func drafts(
    _ row: DelimitedRow, _ frame: inout RowFrame, _ memory: inout RowMemory
  ) throws(Reason) -> [EventDraft] {
    let moment = try occurred.read(row)
    frame.note(moment, column: occurred.name)
    let movement = try movement?.read(row) ?? .earned
    let points = try points(of: row, &memory)
    if points == 0 { return [] }
    let item = item(of: movement, frame)
    let body = body(points, movement)
    return [frame.draft(body, part: movement.rawValue, item: item, at: moment)]
  }

  /// What is earned is a lot of its own; what is spent leaves the account.
  private func item(of movement: LoyaltyRules.Movement, _ frame: RowFrame) -> EventDraft.Item {
    if movement != .earned, case .identifier(_, let account) = frame.customer {
      return .external(kind: "account", source: frame.source, id: account)
    }
    return .external(
      kind: movement == .earned ? "lot" : "account", source: frame.source, id: frame.id)
  }

  private func points(
    of row: DelimitedRow, _ memory: inout RowMemory
  ) throws(Reason) -> Int64 {
    let name = points.column.name
    let cell = row.code(amount)
    if cell.isEmpty { throw .cell(.missing, column: name) }
    guard let amount = Amount(cell) else { throw .cell(.notNumber, column: name) }
    if amount < .zero { throw .cell(.negative, column: name) }
    guard let group else { return try checked(units(amount)) }
    let key = row.code(group)
    if key.isEmpty { throw .cell(.missing, column: points.group?.name ?? "") }
    if memory.sums[key] == nil { try memory.makeRoom() }
    let before = memory.sums[key] ?? .zero
    let count = try checked(units(before + amount) - units(before))
    memory.keep(before + amount, of: key)
    return count
  }

  private func checked(_ count: Int64) throws(Reason) -> Int64 {
    guard count <= Self.pointsMax else { throw .cell(.tooLarge, column: points.column.name) }
    return count
  }

  private func units(_ amount: Amount) -> Int64 {
    amount.count(of: points.per, rounding: points.rounding)
  }

  private func body(
    _ points: Int64, _ movement: LoyaltyRules.Movement
  ) -> Scorebook_V1_Event.OneOf_Body {
    switch movement {
    case .earned:
      .pointsEarned(
        .with {
          $0.points = points
          $0.reason = reason
        })
    case .redeemed: .pointsRedeemed(.with { $0.points = points })
    case .expired: .pointsExpired(.with { $0.points = points })
    }
  }
}

extension LoyaltyRules.Reason {
  fileprivate var pointsReason: Scorebook_V1_PointsReason {
    switch self {
    case .purchase: .purchase
    case .promotion: .promotion
    case .referral: .referral
    case .survey: .survey
    case .manual: .manual
    }
  }
}
