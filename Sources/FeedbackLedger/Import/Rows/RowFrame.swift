import LedgerSchema

/// What all events of one row have in common.
struct RowFrame {
  let source: String
  let id: String
  let revision: String
  let content: String
  let customer: EventDraft.Customer?
  let labels: [String: String]
  let texts: [EventDraft.Text]
  let flags: [String]
  var notes: [RowNote] = []

  /// An event of the row; `part` tells the events of one row apart.
  func draft(
    _ body: Scorebook_V1_Event.OneOf_Body, part: String, item: EventDraft.Item, at moment: Moment
  ) -> EventDraft {
    draft(
      body, item: item, at: moment,
      source: EventDraft.Source(
        system: source, externalID: id, part: part, revision: revision, content: content,
        conflicts: conflicts))
  }

  /// An event that does not go by the row's own id.
  func draft(
    _ body: Scorebook_V1_Event.OneOf_Body, item: EventDraft.Item, at moment: Moment,
    source: EventDraft.Source
  ) -> EventDraft {
    EventDraft(
      body, item: item, occurrence: moment.occurrence, customer: customer, labels: labels,
      texts: texts, flags: flags, source: source)
  }

  /// How a note stands in an event.
  var conflicts: [String] {
    notes.map { note in
      switch note {
      case .localTimeSkipped: "local-time-skipped"
      }
    }
  }

  /// Notes what a moment's time was worth.
  mutating func note(_ moment: Moment, column: String) {
    if moment.isShifted { notes.append(.localTimeSkipped(column: column)) }
  }
}
