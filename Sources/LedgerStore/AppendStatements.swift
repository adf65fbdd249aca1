import GRDB
import LedgerCore

/// The statements of the append path, prepared once for a connection: a transaction of one event must not prepare them.
final class AppendStatements {
  let insertItem: RawStatement
  let selectItem: RawStatement
  private let insertSource: RawStatement
  let insertUnknown: RawStatement
  let insertContext: RawStatement
  private let selectCounter: RawStatement
  private let insertCounter: RawStatement
  private let updateCounter: RawStatement
  private let deleteCounter: RawStatement
  let deleteChangeTail: RawStatement
  let deleteTail: RawStatement
  let insertBlock: RawStatement
  let selectBlock: RawStatement
  private let insertEntry: RawStatement
  private let insertTail: RawStatement
  private let insertChanges: RawStatement
  private let insertPage: RawStatement
  private let insertSubtree: RawStatement
  private let upsertEdge: RawStatement
  private let insertArrival: RawStatement

  private static let counterKeyText = "site = ?1 AND day = ?2"

  private static let upsertEdgeText = """
    INSERT INTO edge (log, size, frontier, stamp, recorded_max, last_position)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (log) DO UPDATE
    SET size = ?2, frontier = ?3, stamp = ?4, recorded_max = ?5, last_position = ?6
    """

  init(_ database: Database) throws {
    func prepare(_ sql: String) throws -> RawStatement { try RawStatement(kept: database, sql) }
    insertEntry = try prepare("INSERT INTO entry (log, seq, count, bytes) VALUES (?, ?, ?, ?)")
    insertItem = try prepare("INSERT INTO item (id, first) VALUES (?, ?)")
    selectItem = try prepare("SELECT first FROM item WHERE id = ?")
    insertSource = try prepare(
      "INSERT OR IGNORE INTO source_key (key, revision, content, position) VALUES (?, ?, ?, ?)")
    insertUnknown = try prepare("INSERT INTO unknown_event (log, seq) VALUES (?, ?)")
    insertContext = try prepare("INSERT INTO context_event (position, log, seq) VALUES (?, ?, ?)")
    selectCounter = try prepare("SELECT cells FROM counter WHERE \(Self.counterKeyText)")
    insertCounter = try prepare("INSERT INTO counter (site, day, cells) VALUES (?1, ?2, ?3)")
    updateCounter = try prepare("UPDATE counter SET cells = ?3 WHERE \(Self.counterKeyText)")
    deleteCounter = try prepare("DELETE FROM counter WHERE \(Self.counterKeyText)")
    insertChanges = try prepare("INSERT INTO change_tail (position, changes) VALUES (?, ?)")
    deleteChangeTail = try prepare("DELETE FROM change_tail WHERE position < ?")
    deleteTail = try prepare("DELETE FROM tail WHERE position < ?")
    insertBlock = try prepare(
      "INSERT INTO change_block (measure, level, number, bytes) VALUES (?, ?, ?, ?)")
    selectBlock = try prepare(
      "SELECT bytes FROM change_block WHERE measure = ? AND level = ? AND number = ?")
    insertTail = try prepare("INSERT INTO tail (position, row) VALUES (?, ?)")
    insertPage = try prepare(
      "INSERT INTO page (number, runs, links, hot, times, customers) VALUES (?, ?, ?, ?, ?, ?)")
    insertSubtree = try prepare(
      "INSERT INTO subtree (log, level, number, hash) VALUES (?, ?, ?, ?)")
    upsertEdge = try prepare(Self.upsertEdgeText)
    insertArrival = try prepare(
      """
      INSERT INTO arrival (first_position, count, log, first_seq, received_us, is_own, step)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """)
  }

  /// Adds to the counters of one site and day. A row without cells goes: a rebuild, which adds everything up
  /// at once, never makes it.
  ///
  /// `changes`: all of one row, in the order of rows.
  ///
  /// Two plain statements: one with ON CONFLICT and RETURNING sets up a statement journal and a temporary table each
  /// time, and costs more than twice as many instructions.
  func add(_ changes: ArraySlice<(key: CounterKey, value: Int64)>) throws {
    guard let key = changes.first?.key else { return }
    bind(key, to: selectCounter)
    let place = BlobPlace.counter(site: key.group, day: key.period)
    let isHeld = try selectCounter.step()
    defer { selectCounter.reset() }
    var cells =
      isHeld ? CounterCells(try selectCounter.checkedBlob(0, of: place)) : CounterCells()
    cells.add(
      changes.lazy.map {
        CounterCells.Cell(measure: $0.key.measure, bucket: $0.key.bucket, value: $0.value)
      })
    guard !cells.cells.isEmpty else {
      guard isHeld else { return }
      bind(key, to: deleteCounter)
      return try deleteCounter.run()
    }
    let statement = isHeld ? updateCounter : insertCounter
    bind(key, to: statement)
    statement.bind(checked: cells.bytes, of: place, at: 3)
    try statement.run()
  }

  private func bind(_ key: CounterKey, to statement: RawStatement) {
    statement.bind(Int64(key.group), at: 1)
    statement.bind(Int64(key.period), at: 2)
  }

  /// A row that is known already keeps its first event.
  func insert(_ source: SourceKey, position: UInt32) throws {
    insertSource.bind(source.key, at: 1)
    insertSource.bind(source.revision, at: 2)
    insertSource.bind(source.content, at: 3)
    insertSource.bind(Int64(position), at: 4)
    try insertSource.run()
  }

  func write(_ run: EntryRun) throws {
    try run.bytes.withUnsafeBytes { bytes in
      insertEntry.bind(Int64(run.log), at: 1)
      insertEntry.bind(Int64(run.firstSeq), at: 2)
      insertEntry.bind(Int64(run.count), at: 3)
      insertEntry.bind(bytes, at: 4)
      try insertEntry.run()
    }
  }

  func write(_ subtree: MerkleSubtree, log: UInt32) throws {
    insertSubtree.bind(Int64(log), at: 1)
    insertSubtree.bind(Int64(subtree.level), at: 2)
    insertSubtree.bind(Int64(subtree.index), at: 3)
    insertSubtree.bind(subtree.hash.bytes, at: 4)
    try insertSubtree.run()
  }

  func write(_ log: LogState) throws {
    upsertEdge.bind(Int64(log.number), at: 1)
    upsertEdge.bind(Int64(log.size), at: 2)
    upsertEdge.bind(log.frontier.bytes, at: 3)
    upsertEdge.bind(log.stamp, at: 4)
    upsertEdge.bind(log.recordedMax, at: 5)
    upsertEdge.bind(Int64(log.lastPosition), at: 6)
    try upsertEdge.run()
  }

  func write(_ arrival: Arrival) throws {
    try insertArrival.run(
      Int64(arrival.firstPosition), Int64(arrival.count), Int64(arrival.log),
      Int64(arrival.firstSeq), arrival.received, arrival.isOwn ? 1 : 0, arrival.step)
  }

  func write(_ page: ProjectionPage.Encoded, number: Int) throws {
    insertPage.bind(Int64(number), at: 1)
    insertPage.bind(checked: page.runs, of: .page(number, .runs), at: 2)
    insertPage.bind(checked: page.links, of: .page(number, .links), at: 3)
    insertPage.bind(checked: page.hot, of: .page(number, .hot), at: 4)
    insertPage.bind(checked: page.times, of: .page(number, .times), at: 5)
    insertPage.bind(checked: page.customers, of: .page(number, .customers), at: 6)
    try insertPage.run()
  }

  func writeTail(_ row: EventRow, previous: UInt32, payload: [UInt8]) throws {
    insertTail.bind(Int64(row.position), at: 1)
    insertTail.bind(
      checked: TailRow.encode(row, previous: previous, payload: payload), of: .tail(row.position),
      at: 2)
    try insertTail.run()
  }

  /// `changes`: all of one position, in order.
  func writeTail(_ changes: ArraySlice<Change>) throws {
    guard let position = changes.first?.position else { return }
    insertChanges.bind(Int64(position), at: 1)
    insertChanges.bind(checked: TailChanges.encode(changes), of: .changeTail(position), at: 2)
    try insertChanges.run()
  }
}

extension RawStatement {
  /// Binds integers to the first parameters, steps once and resets.
  func run(_ values: Int64...) throws {
    for (index, value) in values.enumerated() {
      bind(value, at: Int32(index + 1))
    }
    try run()
  }
}
