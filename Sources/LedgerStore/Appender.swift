import Foundation
package import GRDB
package import LedgerCore
package import LedgerSchema

/// Appends entries inside one write transaction, and keeps every view up to date as it goes.
///
/// There is one way in for every entry, whether it was recorded here, merged from a peer, or is being replayed by a
/// rebuild: so the views cannot depend on how an entry came.
package final class Appender {
  package var state: StoreState
  let database: Database
  let statements: AppendStatements
  let history: HistoryReader
  var counters = CounterTable()
  private var difference = ContributionDifference()
  /// What the newest event changes of other subjects than its own; nil where it changes none.
  private var restated: CounterTable?
  private var arena: [UInt8] = []
  private var later: [EventRow] = []
  private var earlier: [EventRow] = []
  private var rows: [EventRow] = []
  private var arrivals: [Arrival] = []
  private var touchedLogs: Set<UInt32> = []
  private let firstNewPosition: UInt32
  /// A rebuild reads the entries that are there.
  private let storesEntries: Bool
  /// Made when it is asked for, and again after an erasure.
  var sources: SourceIndex?
  /// The newest entries, not yet in the file.
  private var run: EntryRun?
  /// By the first half of a log's id: whether some item that an event of the log opens was named before the event came.
  var namedAhead: [UInt64: Bool] = [:]

  package init(_ database: Database, state: StoreState, storesEntries: Bool = true) throws {
    self.database = database
    self.state = state
    self.storesEntries = storesEntries
    statements = try AppendStatements(database)
    history = try HistoryReader(database, pages: state.pages, long: state.long)
    // One owner: two would copy it at the first page that is added.
    self.state.pages = PageCache()
    self.state.long = LongHistories()
    firstNewPosition = state.lastPosition + 1
    self.state.step += 1
  }

  /// Whether the customer's texts may not come back: erased by an event that is held, this transaction's included.
  package func isErased(_ customer: CustomerID) throws -> Bool {
    let sources = try sources ?? SourceIndex(database)
    self.sources = sources
    return try sources.isErased(customer)
  }

  /// The number of a log, which is made known to the ledger where it is not yet.
  package func number(of log: LogID) throws -> UInt32 {
    if let number = state.numbers[log] { return number }
    let number = state.addLog(log)
    if storesEntries {
      let statement = try RawStatement(database, "INSERT INTO log (number, id) VALUES (?, ?)")
      statement.bind(Int64(number), at: 1)
      statement.bind(log.bytes, at: 2)
      try statement.run()
    }
    return number
  }

  /// Appends one entry to a log and returns its position.
  ///
  /// `received`: when this ledger took it in; never earlier than for the event before it.
  @discardableResult
  package func append(
    _ prepared: PreparedEntry, log: UInt32, received: Instant, isOwn: Bool
  ) throws -> UInt32 {
    let entry = try projected(prepared, forLog: log)
    guard state.lastPosition < .max - 1, state.logs[Int(log)].size < UInt64(UInt32.max) - 1 else {
      throw StoreError.full
    }
    let position = state.lastPosition + 1
    if storesEntries { try store(entry.bytes, log: log) }
    let place = try extendLog(log, by: entry)
    var row = state.row(of: entry.projected, at: place)
    row.position = position
    row.item = position
    let previous = row.kind.isFolded ? try link(&row, naming: entry.item, at: place.address) : 0
    state.tail.rows.append(row)
    state.tail.previous.append(previous)
    noteArrival(of: row, received: received, isOwn: isOwn)
    if row.kind == .unknown {
      try statements.insertUnknown.run(Int64(row.log), Int64(row.seq))
    }
    if let source = entry.source { try statements.insert(source, position: position) }
    if row.kind.isFolded, row.seq <= state.logs[Int(log)].limit {
      try count(row)
    }
    if let repeated = entry.repeats { try noteRepetition(of: repeated, by: row) }
    if let event = entry.event {
      if row.kind == .context {
        try applyContext(event, at: place.address, position: position)
      } else {
        try noteAcknowledgement(event, log: log)
      }
    }
    try reviewCausality(ofGrown: log)
    writeRestated(at: position)
    try sealWhatIsFull(at: position)
    return position
  }

  /// Prepares an entry on the spot and appends it: for those that come one by one.
  @discardableResult
  package func append(
    _ bytes: [UInt8], event: Scorebook_V1_Event, log: UInt32, received: Instant, isOwn: Bool
  ) throws -> UInt32 {
    try append(
      PreparedEntry(
        bytes, event: event, site: state.logs[Int(log)].site(before: event), zone: state.fold.zone),
      log: log, received: received, isOwn: isOwn)
  }

  /// Writes everything that the transaction has left in memory. Called once, before the commit.
  package func flush() throws {
    try settleEntries()
    try flushVocabulary()
    try flushTail()
    try history.flush()
    (state.pages, state.long) = history.takeMemory()
    try flushCounters()
    for number in touchedLogs.sorted() {
      try statements.write(state.logs[Int(number)])
    }
    if storesEntries {
      for arrival in arrivals { try statements.write(arrival) }
    }
    state.version = try StateVersion(database)
  }

  // MARK: - One entry

  /// Whoever prepares entries of a log before its first one is here can only guess the site; a peer may send them in
  /// any order, and another first entry before.
  private func projected(_ entry: PreparedEntry, forLog log: UInt32) throws -> PreparedEntry {
    let site = state.logs[Int(log)].site(before: entry.event)
    return entry.site == site ? entry : try entry.prepared(for: site, zone: state.fold.zone)
  }

  private func store(_ entry: [UInt8], log: UInt32) throws {
    if let run, run.log != log || run.isFull { try settleEntries() }
    if run?.append(entry) == nil {
      run = EntryRun(log: log, firstSeq: state.logs[Int(log)].size + 1, first: entry)
    }
  }

  /// Puts the newest entries into the file: whoever reads entries inside the transaction must find them.
  func settleEntries() throws {
    guard let run else { return }
    try statements.write(run)
    self.run = nil
  }

  private func extendLog(_ log: UInt32, by entry: PreparedEntry) throws -> Projector.Place {
    var completed: [MerkleSubtree] = []
    let address = state.logs[Int(log)].extend(by: entry) { completed.append($0) }
    for subtree in completed { try statements.write(subtree, log: log) }
    touchedLogs.insert(log)
    return Projector.Place(
      address: address, logNumber: log, stamp: state.logs[Int(log)].stamp)
  }

  private func noteArrival(of row: EventRow, received: Instant, isOwn: Bool) {
    let arrival = state.noteArrival(of: row, received: received, isOwn: isOwn)
    if let last = arrivals.last, last.continues(with: arrival) {
      arrivals[arrivals.count - 1].count += 1
    } else {
      arrivals.append(arrival)
    }
  }

  // MARK: - Counting

  /// Writes the difference that one newly counted row makes.
  private func count(_ row: EventRow) throws {
    if row.item == row.position {
      // A copy of the reference: the fold holds the state for itself.
      let payload = state.tail.payload
      payload.withUnsafeBytes { bytes in
        difference.set(single: row, payload: bytes, context: &state.fold)
      }
    } else {
      try recount(item: row.item) { other, limit in
        (other.position != row.position && other.seq <= limit, other.seq <= limit)
      }
    }
    // Not from inside the fold: that holds the state for itself.
    for (key, delta) in difference.deltas {
      state.changeTail.append(Change(position: row.position, key: key, delta: delta))
      counters.add(delta, to: key)
    }
  }

  /// The same for an item that some other event lets count otherwise.
  func restate(
    item: UInt32, counts: (EventRow, UInt32) -> (before: Bool, now: Bool)
  ) throws {
    try recount(item: item, counts: counts)
    for (key, delta) in difference.deltas { restate(key, by: delta) }
  }

  func restate(_ key: CounterKey, by delta: Int64) {
    if restated == nil { restated = CounterTable() }
    restated?.add(delta, to: key)
  }

  /// Folds the item's history as it counted before and as it counts now, and finds the difference.
  ///
  /// `counts`: for a row and its log's limit, whether it counted before, and whether it counts now.
  private func recount(
    item: UInt32, counts: (EventRow, UInt32) -> (before: Bool, now: Bool)
  ) throws {
    arena.removeAll(keepingCapacity: true)
    later.removeAll(keepingCapacity: true)
    earlier.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
    try history.appendHistory(ofItem: item, tail: state.tail, to: &rows, arena: &arena)
    for row in rows {
      let (before, now) = counts(row, state.logs[Int(row.log)].limit)
      if before { earlier.append(row) }
      if now { later.append(row) }
    }
    arena.withUnsafeBytes { payload in
      difference.set(from: &earlier, to: &later, payload: payload, context: &state.fold)
    }
  }

  /// Writes one change for each counter that the event has changed: an approval lets thousands of equal answers count
  /// at once, and no two rows of a block may be the same.
  private func writeRestated(at position: UInt32) {
    guard var sums = restated else { return }
    restated = nil
    counters.add(sums)
    let own = state.changeTail.lastIndex { $0.position != position }.map { $0 + 1 } ?? 0
    for change in state.changeTail[own...] { sums.add(change.delta, to: change.key) }
    state.changeTail.removeSubrange(own...)
    state.changeTail += sums.cells.map { Change(position: position, key: $0.key, delta: $0.value) }
  }

  private func flushCounters() throws {
    var rest = counters.cells { $0.precedesInRows($1) }[...]
    counters = CounterTable()
    while let first = rest.first {
      let row = rest.prefix { $0.key.isOfSameRow(as: first.key) }
      try statements.add(row)
      rest = rest[row.endIndex...]
    }
  }

  // MARK: - The tail

  private func flushTail() throws {
    let firstUnsealed = state.tail.firstPosition
    if firstUnsealed > firstNewPosition {
      try statements.deleteTail.run(Int64(firstUnsealed))
    }
    let start = max(firstNewPosition, firstUnsealed)
    let skip = Int(start - firstUnsealed)
    for index in state.tail.rows.indices.dropFirst(skip) {
      try statements.writeTail(
        state.tail.rows[index], previous: state.tail.previous[index], payload: state.tail.payload)
    }
    let firstOpen = ChangeBlocks.firstOpenPosition(after: state.lastPosition)
    if firstOpen > firstNewPosition {
      try statements.deleteChangeTail.run(Int64(firstOpen))
    }
    let firstFresh = max(firstOpen, firstNewPosition)
    let old = state.changeTail.lastIndex { $0.position < firstFresh }.map { $0 + 1 } ?? 0
    var rest = state.changeTail[old...]
    while let first = rest.first {
      let changes = rest.prefix { $0.position == first.position }
      try statements.writeTail(changes)
      rest = rest[changes.endIndex...]
    }
  }

  private func sealWhatIsFull(at position: UInt32) throws {
    if state.tail.rows.count == ProjectionPage.rowCountMax {
      try sealPage()
    }
    if Int(position).isMultiple(of: ChangeBlock.positionCount) {
      try ChangeBlocks(statements: statements).seal(state.changeTail, upTo: position)
      state.changeTail.removeAll(keepingCapacity: true)
    }
  }

  private func sealPage() throws {
    let page = ProjectionPage.encode(
      state.tail.rows[...], previous: state.tail.previous[...], payload: state.tail.payload)
    let number = ProjectionPage.number(ofPosition: state.tail.firstPosition)
    try statements.write(page, number: number)
    var remembered = page
    remembered.customers = []
    history.keep(remembered, number: number)
    state.tail.dropPage()
  }
}
