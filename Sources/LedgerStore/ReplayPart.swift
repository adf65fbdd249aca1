import LedgerCore

/// Which kinds of events the asked measures come from: the others are stepped over.
struct KindFamilies: Sendable {
  private let isWanted: [Bool]
  /// Ticket durations are between instants.
  let needsTimes: Bool

  init(_ measures: Set<Measure>) {
    var wanted = [Bool](repeating: false, count: 256)
    var needsTimes = false
    func want(_ range: ClosedRange<UInt8>) {
      for kind in range { wanted[Int(kind)] = true }
    }
    for measure in measures {
      switch measure {
      case .nps, .csat, .ces, .csi, .csiRespondent, .responses, .invitations, .conflicts:
        want(10...29)
      case .ticketFirstResponse, .ticketFirstResolution, .ticketFullResolution, .ticketSolved,
        .ticketOpen, .ticketUnanswered:
        want(30...49)
        needsTimes = true
      case .points: want(50...69)
      }
    }
    isWanted = wanted
    self.needsTimes = needsTimes
  }

  @inline(__always)
  func contains(_ kind: RowKind) -> Bool { isWanted[Int(kind.rawValue)] }
}

/// A set of positions as bits.
struct PositionSet: Sendable {
  private var words: [UInt64]

  init(count: Int) {
    words = Array(repeating: 0, count: count / 64 + 1)
  }

  @inline(__always)
  mutating func insert(_ position: UInt32) {
    words[Int(position >> 6)] |= 1 << UInt64(position & 63)
  }

  @inline(__always)
  func contains(_ position: UInt32) -> Bool {
    words[Int(position >> 6)] & (1 << UInt64(position & 63)) != 0
  }
}

/// Rows of items that have several events, with their payloads.
struct GatheredRows: Sendable {
  private(set) var rows: [EventRow] = []
  private(set) var payload: [UInt8] = []

  init() {}

  init(joining parts: [GatheredRows]) {
    rows.reserveCapacity(parts.reduce(0) { $0 + $1.rows.count })
    for part in parts {
      let offset = UInt32(payload.count)
      for var row in part.rows {
        row.payloadOffset += offset
        rows.append(row)
      }
      payload.append(contentsOf: part.payload)
    }
    rows.sort { ($0.item, $0.position) < ($1.item, $1.position) }
  }

  var isEmpty: Bool { rows.isEmpty }

  @inline(__always)
  mutating func append(_ row: EventRow, payload source: UnsafeRawBufferPointer) {
    var row = row
    let range = row.payloadRange
    row.payloadOffset = UInt32(payload.count)
    payload.append(contentsOf: source[range])
    rows.append(row)
  }
}

/// What one worker of a replay has added up, and what it leaves to be folded by item.
struct ReplayPart: Sendable {
  var sink: QuerySink
  var context: FoldContext
  var gathered = GatheredRows()

  init(sink: QuerySink, context: FoldContext) {
    self.sink = sink
    self.context = context
  }

  mutating func take(
    _ page: PageScan.Page, counted: [UInt32], marked: PositionSet, families: KindFamilies,
    needsTimes: Bool
  ) {
    var nextLink = 0
    for run in page.runs {
      let limit = counted[Int(run.log)]
      guard limit >= run.firstSeq else { continue }
      let count = min(run.count, limit - run.firstSeq + 1)
      let start = Int(run.firstPosition - page.rows.firstPosition)
      for index in start..<start + Int(count) {
        while nextLink < page.links.count, page.links[nextLink].row < index { nextLink += 1 }
        guard families.contains(page.rows.kind(ofRow: index)) else { continue }
        var row = page.rows.row(index)
        row.log = run.log
        row.seq = run.firstSeq + UInt32(index - start)
        if nextLink < page.links.count, page.links[nextLink].row == index {
          row.item = page.links[nextLink].first
          gathered.append(row, payload: page.rows.payload)
        } else if marked.contains(row.position) {
          gathered.append(row, payload: page.rows.payload)
        } else {
          SubjectFold.fold(
            single: row, payload: page.rows.payload, context: &context, into: &sink)
        }
      }
    }
  }

  mutating func take(
    tail: TailBuffer, counted: [UInt32], marked: PositionSet, families: KindFamilies
  ) {
    tail.payload.withUnsafeBytes { payload in
      for row in tail.rows where row.seq <= counted[Int(row.log)] && families.contains(row.kind) {
        if row.item != row.position || marked.contains(row.position) {
          gathered.append(row, payload: payload)
        } else {
          SubjectFold.fold(single: row, payload: payload, context: &context, into: &sink)
        }
      }
    }
  }

  /// - Precondition: the rows are sorted by item.
  mutating func fold(_ gathered: GatheredRows) {
    gathered.payload.withUnsafeBytes { payload in
      var history: [EventRow] = []
      var start = 0
      let rows = gathered.rows
      while start < rows.count {
        var end = start + 1
        while end < rows.count, rows[end].item == rows[start].item { end += 1 }
        if end == start + 1 {
          SubjectFold.fold(single: rows[start], payload: payload, context: &context, into: &sink)
        } else {
          history.removeAll(keepingCapacity: true)
          history.append(contentsOf: rows[start..<end])
          SubjectFold.fold(&history, payload: payload, context: &context, into: &sink)
        }
        start = end
      }
    }
  }
}
