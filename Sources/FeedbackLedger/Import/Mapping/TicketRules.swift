/// A row is one ticket as it stood when the file was written.
package struct TicketRules: Decodable, Sendable {
  package enum Status: String, CaseIterable, Sendable {
    case new, open, pending, onHold, solved, closed
  }

  /// A time, or so many minutes after the ticket was opened.
  package enum When: Sendable {
    case time(TimeRule)
    case minutesAfterOpened(ColumnName)
  }

  package let opened: TimeRule
  package let firstReplied: When?
  package let firstResolved: When?
  package let lastResolved: When?
  /// Nil: solved where it was resolved, else open.
  package let status: StatusRule?
  package let reopens: ColumnName?

  /// From the source's status to ours.
  package struct StatusRule: Decodable, Sendable {
    package let column: ColumnName
    package let values: [String: Status]

    private enum Key: String, CodingKey, CaseIterable { case column, values }

    package init(from decoder: any Decoder) throws {
      let keys = try StrictContainer<Key>(decoder)
      column = try keys.required(.column)
      values = try keys.choices(.values)
    }
  }

  private enum Key: String, CodingKey, CaseIterable {
    case opened, firstReplied, firstResolved, lastResolved, resolved, status, reopens
  }

  package init(from decoder: any Decoder) throws {
    let keys = try StrictContainer<Key>(decoder)
    opened = try keys.required(.opened)
    firstReplied = try keys.optional(.firstReplied)
    let resolved: When? = try keys.optional(.resolved)
    firstResolved = try keys.optional(.firstResolved) ?? resolved
    lastResolved = try keys.optional(.lastResolved) ?? resolved
    status = try keys.optional(.status)
    reopens = try keys.optional(.reopens)
  }
}

extension TicketRules.When: Decodable {
  private enum Key: String, CodingKey, CaseIterable { case minutesAfterOpened }

  package init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: AnyKey.self)
    if keys.allKeys.contains(where: { $0.stringValue == Key.minutesAfterOpened.rawValue }) {
      self = .minutesAfterOpened(try StrictContainer<Key>(decoder).required(.minutesAfterOpened))
    } else {
      self = .time(try TimeRule(from: decoder))
    }
  }
}

/// A row is one entry of a ticket's log.
package struct LogRules: Decodable, Sendable {
  /// What it means that a ticket is in a state.
  package enum State: String, CaseIterable, Sendable {
    case new, open, pending, onHold
    /// An agent has taken it up: the first such row is the first response.
    case replied
    case resolved, closed
    /// Says nothing of the ticket's state.
    case ignored
  }

  package let ticket: ColumnName
  package let state: ColumnName
  package let states: [String: State]
  /// Nil: a ticket was opened at the time of its first row.
  package let opened: TimeRule?

  private enum Key: String, CodingKey, CaseIterable { case ticket, state, states, opened }

  package init(from decoder: any Decoder) throws {
    let keys = try StrictContainer<Key>(decoder)
    ticket = try keys.required(.ticket)
    state = try keys.required(.state)
    states = try keys.choices(.states)
    opened = try keys.optional(.opened)
    guard states.values.contains(.resolved) || states.values.contains(.closed) else {
      throw keys.refuse(
        "\(states.count) states", at: .states, expected: "one that is resolved or closed")
    }
  }
}
