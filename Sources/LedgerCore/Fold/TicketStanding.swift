/// A ticket as its history inside a cut leaves it. All times are microseconds since 1970 UTC.
struct TicketStanding {
  /// The ticket became open or ceased to be; nil: at a time not known.
  struct Turn {
    var occurred: Int64?
    var isOpen: Bool
  }

  let opener: EventRow
  private(set) var opened: Int64?
  private(set) var firstReplied: Int64?
  private(set) var firstSolved: Int64?
  private(set) var lastSolved: Int64?
  private(set) var reopens: Int64 = 0
  private(set) var turns: [Turn] = []
  private(set) var isDayOnly: Bool
  private var isMerged = false

  /// Nil when nothing in the history opens the ticket.
  ///
  /// - Precondition: `history` is in canonical order.
  init?(of history: UnsafeBufferPointer<EventRow>, payload: UnsafeRawBufferPointer) {
    guard
      let opener = history.first(where: { $0.kind == .ticketOpened || $0.kind == .ticketSnapshot })
    else { return nil }
    self.opener = opener
    isDayOnly = opener.flags.contains(.dayOnly)
    opened = opener.occurred == EventRow.unknownTime ? nil : opener.occurred
    var snapshot: TicketSnapshotPayload?
    if let latest = history.last(where: { $0.kind == .ticketSnapshot }) {
      var reader = ByteReader(payload, at: latest.payloadRange.lowerBound)
      let stated = TicketSnapshotPayload(reading: &reader)
      opened = stated.opened ?? opened
      isDayOnly = stated.isDayOnly
      snapshot = stated
    }
    turns.append(Turn(occurred: opened, isOpen: true))
    if let snapshot { take(snapshot) }
    replay(history, payload: payload)
  }

  var counts: Bool { !isMerged && !opener.flags.contains(.excluded) }

  /// Whole seconds from the opening, rounded down; nil when either is not known or the claim is impossible.
  func seconds(to end: Int64?) -> Int64? {
    guard let opened, let end, end >= opened else { return nil }
    let (duration, overflows) = end.subtractingReportingOverflow(opened)
    return overflows ? nil : duration / 1_000_000
  }

  /// A snapshot knows how often a ticket was reopened, not when.
  private mutating func take(_ snapshot: TicketSnapshotPayload) {
    firstReplied = snapshot.firstReplied
    guard let first = snapshot.firstResolved ?? snapshot.lastResolved else { return }
    solve(at: first)
    reopens += Int64(snapshot.reopens)
    if let last = snapshot.lastResolved, last > first { lastSolved = last }
  }

  /// Events count by when they occurred, because a backdated one belongs where it happened; those of one moment, and
  /// those of unknown time, in canonical order.
  private mutating func replay(
    _ history: UnsafeBufferPointer<EventRow>, payload: UnsafeRawBufferPointer
  ) {
    guard history.count > 1 else { return }
    if zip(history, history.dropFirst()).allSatisfy({ $0.occurred <= $1.occurred }) {
      for row in history { apply(row, payload: payload) }
      return
    }
    let order = history.indices.sorted {
      (history[$0].occurred, $0) < (history[$1].occurred, $1)
    }
    for index in order {
      apply(history[index], payload: payload)
    }
  }

  private mutating func apply(_ row: EventRow, payload: UnsafeRawBufferPointer) {
    switch row.kind {
    case .ticketReplied:
      guard row.occurred != EventRow.unknownTime else { return }
      firstReplied = min(firstReplied ?? row.occurred, row.occurred)
    case .ticketResolved, .ticketClosed: solve(at: row.occurred)
    case .ticketReopened: reopen(at: row.occurred)
    case .ticketStatusChanged:
      var reader = ByteReader(payload, at: row.payloadRange.lowerBound)
      switch reader.unsigned() {
      case 1, 2, 3, 4: reopen(at: row.occurred)
      case 5, 6: solve(at: row.occurred)
      default: break  // A status that only a newer version knows moves nothing here.
      }
    case .ticketMerged: isMerged = true
    case .ticketOpened, .ticketSnapshot, .notFolded, .unknown, .context, .invitationSent,
      .invitationDelivered, .invitationBounced, .responseSubmitted, .responseCompleted,
      .responseCorrected, .responseRetracted, .responseReinstated, .responseReattributed,
      .pointsEarned, .pointsRedeemed, .pointsExpired, .pointsReversed, .pointsAdjusted:
      break
    }
  }

  private var isOpen: Bool { turns.last?.isOpen ?? true }

  private mutating func solve(at occurred: Int64) {
    guard isOpen, occurred != EventRow.unknownTime else { return }
    turns.append(Turn(occurred: occurred, isOpen: false))
    firstSolved = firstSolved ?? occurred
    lastSolved = occurred
  }

  private mutating func reopen(at occurred: Int64) {
    guard !isOpen else { return }
    reopens += 1
    turns.append(Turn(occurred: occurred == EventRow.unknownTime ? nil : occurred, isOpen: true))
  }
}
