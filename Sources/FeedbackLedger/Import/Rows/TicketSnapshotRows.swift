import LedgerCore
import LedgerSchema

/// Rows that are tickets as they stood when the file was written.
struct TicketSnapshotRows {
  /// A time of a ticket after it was opened.
  private enum WhenCell {
    case time(TimeCell)
    case minutesAfterOpened(CountCell, name: String)

    var name: String {
      switch self {
      case .time(let cell): cell.name
      case .minutesAfterOpened(_, let name): name
      }
    }
  }

  private let occurred: TimeCell?
  private let opened: TimeCell
  private let firstReplied: WhenCell?
  private let firstResolved: WhenCell?
  private let lastResolved: WhenCell?
  private let status: ChoiceCell<TicketRules.Status>?
  private let reopens: CountCell?

  init(
    _ rules: TicketRules, occurred: TimeRule?, _ binder: inout Binder
  ) throws(ImportRefusal) {
    self.occurred = if let occurred { try binder.time(occurred) } else { nil }
    opened = try binder.time(rules.opened)
    firstReplied = try Self.bind(rules.firstReplied, &binder)
    firstResolved = try Self.bind(rules.firstResolved, &binder)
    lastResolved = try Self.bind(rules.lastResolved, &binder)
    if let rule = rules.status {
      status = try ChoiceCell(rule.column, values: rule.values, &binder)
    } else {
      status = nil
    }
    reopens = if let column = rules.reopens { try CountCell(column, &binder) } else { nil }
  }

  func drafts(_ row: DelimitedRow, _ frame: inout RowFrame) throws(Reason) -> [EventDraft] {
    let opened = try opened.readOptional(row)
    guard opened != .none else { throw .time(.missing, column: self.opened.name) }
    frame.note(opened, column: self.opened.name)
    let replied = try read(firstReplied, of: row, opened: opened, &frame)
    let first = try read(firstResolved, of: row, opened: opened, &frame)
    let last = try read(lastResolved, of: row, opened: opened, &frame)
    var body = Scorebook_V1_TicketSnapshotImported()
    if let time = opened.microseconds { body.openedUs = time }
    if let time = replied.microseconds { body.firstRepliedUs = time }
    if let time = (first == .none ? last : first).microseconds { body.firstResolvedUs = time }
    if let time = (last == .none ? first : last).microseconds { body.lastResolvedUs = time }
    body.daysOnly = [opened, replied, first, last].contains(where: \.isDay)
    body.reopens = UInt32(clamping: try reopens?.read(row) ?? 0)
    body.status = try status?.read(row).ticketStatus ?? (body.hasLastResolvedUs ? .solved : .open)
    let item = EventDraft.Item.external(kind: "ticket", source: frame.source, id: frame.id)
    let moment = try occurred?.read(row) ?? opened
    return [frame.draft(.ticketSnapshotImported(body), part: "snapshot", item: item, at: moment)]
  }

  private static func bind(
    _ when: TicketRules.When?, _ binder: inout Binder
  ) throws(ImportRefusal) -> WhenCell? {
    switch when {
    case nil: nil
    case .time(let rule): .time(try binder.time(rule))
    case .minutesAfterOpened(let column):
      .minutesAfterOpened(try CountCell(column, &binder), name: column.name)
    }
  }

  private func read(
    _ cell: WhenCell?, of row: DelimitedRow, opened: Moment, _ frame: inout RowFrame
  ) throws(Reason) -> Moment {
    let moment: Moment
    switch cell {
    case nil: return .none
    case .time(let cell): moment = try cell.readOptional(row)
    case .minutesAfterOpened(let cell, _):
      guard let minutes = try cell.read(row), let start = opened.microseconds else { return .none }
      moment = .exact(Instant(microseconds: start + Int64(minutes) * 60_000_000), isShifted: false)
    }
    guard let cell, let time = moment.microseconds else { return .none }
    frame.note(moment, column: cell.name)
    // A day has no order with a clock time of the same day.
    let start = opened.microseconds ?? time
    let slack: Int64 = moment.isDay == opened.isDay ? 0 : 86_400_000_000
    guard time + slack >= start else {
      throw .time(.before(column: self.opened.name), column: cell.name)
    }
    return moment
  }
}

extension TicketRules.Status {
  var ticketStatus: Scorebook_V1_TicketStatus {
    switch self {
    case .new: .new
    case .open: .open
    case .pending: .pending
    case .onHold: .onHold
    case .solved: .solved
    case .closed: .closed
    }
  }
}
