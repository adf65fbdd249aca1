import LedgerSchema
import SwiftProtobuf

/// Rows that are entries of a ticket's log. A row tells a state and an event is a change of it, so
/// it is compared with where the ticket stood before.
///
/// Rows of one ticket count in the order of the file; other tickets may come between them.
struct TicketLogRows {
  /// Where a ticket stands; `solved` and `closed` are what a reopening needs.
  private typealias Standing = TicketRules.Status

  private let occurred: TimeCell
  private let opened: TimeCell?
  private let ticket: Int
  private let ticketName: String
  private let state: ChoiceCell<LogRules.State>

  init(
    _ rules: LogRules, of mapping: Mapping, _ binder: inout Binder
  ) throws(ImportRefusal) {
    occurred = try binder.time(try mapping.requiredOccurred)
    opened = if let rule = rules.opened { try binder.time(rule) } else { nil }
    ticket = try binder.index(of: rules.ticket)
    ticketName = rules.ticket.name
    state = try ChoiceCell(rules.state, values: rules.states, &binder)
  }

  func drafts(
    _ row: DelimitedRow, _ frame: inout RowFrame, _ memory: inout RowMemory
  ) throws(Reason) -> [EventDraft] {
    let ticket = row.code(ticket)
    guard !ticket.isEmpty else { throw .cell(.missing, column: ticketName) }
    let state = try state.read(row)
    let moment = try occurred.read(row)
    frame.note(moment, column: occurred.name)
    let item = EventDraft.Item.external(kind: "ticket", source: frame.source, id: ticket)
    var drafts: [EventDraft] = []
    var standing = Standing.new
    if let known = memory.standings[ticket] {
      standing = known
    } else {
      try memory.makeRoom()
      drafts.append(try opening(of: ticket, in: row, &frame, at: moment))
    }
    for (part, body) in Self.events(of: state, &standing) {
      drafts.append(frame.draft(body, part: part, item: item, at: moment))
    }
    memory.keep(standing, of: ticket)
    // The texts of a row are kept once.
    for index in drafts.indices.dropFirst() { drafts[index].texts = [] }
    return drafts
  }

  /// The opening goes by the ticket's id, not the row's: a later file that begins in the middle of
  /// the log states the same opening again, which is a duplicate where it agrees and a conflict
  /// where it does not.
  private func opening(
    of ticket: String, in row: DelimitedRow, _ frame: inout RowFrame, at moment: Moment
  ) throws(Reason) -> EventDraft {
    var start = moment
    if let opened {
      start = try opened.read(row)
      frame.note(start, column: opened.name)
    }
    let source = EventDraft.Source(
      system: frame.source, externalID: ticket, part: "opened",
      content: "opened \(start.microseconds.map(String.init) ?? "")", conflicts: frame.conflicts)
    return frame.draft(
      .ticketOpened(Scorebook_V1_TicketOpened()),
      item: .external(kind: "ticket", source: frame.source, id: ticket), at: start, source: source)
  }

  /// What a row's state says that was not known of the ticket, and where the ticket stands then.
  private static func events(
    of state: LogRules.State, _ standing: inout Standing
  ) -> [(part: String, body: Scorebook_V1_Event.OneOf_Body)] {
    switch state {
    case .ignored: return []
    case .resolved:
      if standing == .solved || standing == .closed { return [] }
      standing = .solved
      return [("resolved", .ticketResolved(Scorebook_V1_TicketResolved()))]
    case .closed:
      if standing == .closed { return [] }
      standing = .closed
      return [("closed", .ticketClosed(Scorebook_V1_TicketClosed()))]
    case .new: return change(to: .new, &standing)
    case .open: return change(to: .open, &standing)
    case .pending: return change(to: .pending, &standing)
    case .onHold: return change(to: .onHold, &standing)
    case .replied:
      let reply = Scorebook_V1_Event.OneOf_Body.ticketAgentReplied(
        Scorebook_V1_TicketAgentReplied())
      return change(to: .open, &standing) + [("replied", reply)]
    }
  }

  private static func change(
    to status: Standing, _ standing: inout Standing
  ) -> [(part: String, body: Scorebook_V1_Event.OneOf_Body)] {
    var events: [(part: String, body: Scorebook_V1_Event.OneOf_Body)] = []
    if standing == .solved || standing == .closed {
      events.append(("reopened", .ticketReopened(Scorebook_V1_TicketReopened())))
    }
    if standing != status {
      let change = Scorebook_V1_TicketStatusChanged.with {
        $0.from = standing.ticketStatus
        $0.to = status.ticketStatus
      }
      events.append(("status", .ticketStatusChanged(change)))
    }
    standing = status
    return events
  }
}
