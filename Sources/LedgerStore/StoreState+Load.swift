package import GRDB
package import LedgerCore
import LedgerSchema
import SwiftProtobuf

extension StoreState {
  /// Reads the state of a ledger file. O(logs + runs of arrivals + context events + one page).
  package init(loading database: Database, zone: ZoneOffsets) throws {
    self.init(zone: zone)
    ledger = try LocalSetting.ledger.bytes(in: database).flatMap { Digest256(bytes: $0) }
    genesisLog = try LocalSetting.authorityLog.bytes(in: database).flatMap { LogID(bytes: $0) }
    try loadVocabulary(database)
    try loadLogs(database)
    try CheckpointTable(database).forEachRow { number, row in
      if logs.indices.contains(number) { logs[number].signed = row }
    }
    try loadArrivals(database)
    try loadContext(database)
    try loadTail(database)
    try loadChangeTail(database)
    ownLogNumber = try LocalSetting.ownLog.integer(in: database).map {
      try log(numbered: $0).number
    }
    version = try StateVersion(database)
  }

  private mutating func loadVocabulary(_ database: Database) throws {
    persisted.labelSets = try database.forEachValue(of: "label_set", at: BlobPlace.labelSet) {
      fold.vocabulary.intern(VocabularyCoding.decodeLabels($0))
    }
    persisted.answerShapes = try database.forEachValue(
      of: "answer_shape", at: BlobPlace.answerShape
    ) {
      fold.vocabulary.intern(VocabularyCoding.decodeShape($0))
    }
    persisted.labels = try database.forEachValue(of: "label", at: BlobPlace.label) {
      VocabularyCoding.decodeLabels($0).labels.first.map { fold.vocabulary.intern($0) }
    }
    persisted.batches = try database.forEachValue(of: "batch", at: BlobPlace.batch) {
      ItemID(bytes: $0).map { fold.vocabulary.intern(batch: $0) }
    }
  }

  private mutating func loadLogs(_ database: Database) throws {
    try database.forEachRow(
      """
      SELECT log.number, id, size, frontier, stamp, recorded_max, last_position
      FROM log LEFT JOIN edge ON edge.log = log.number ORDER BY log.number
      """
    ) { row in
      guard let id = LogID(bytes: row.blob(1)) else { throw StoreError.damaged("log id") }
      let number = addLog(id)
      // A file that a disk has torn may say anything: what cannot be is named, and nothing traps.
      guard let size = UInt64(exactly: row.integer(2)), size < UInt64(UInt32.max) else {
        throw StoreError.damagedView("size of log \(id)")
      }
      guard size > 0 else { return }
      guard let frontier = MerkleFrontier(size: size, bytes: row.bytes(3)) else {
        throw StoreError.damagedView("edge of log \(id)")
      }
      logs[Int(number)].frontier = frontier
      logs[Int(number)].stamp = row.integer(4)
      logs[Int(number)].recordedMax = row.integer(5)
      logs[Int(number)].lastPosition = UInt32(truncatingIfNeeded: row.integer(6))
    }
  }

  private mutating func loadArrivals(_ database: Database) throws {
    let last = logs.map(\.lastPosition).max() ?? 0
    try database.forEachArrival(logCount: logs.count) { arrival in
      guard arrival.firstPosition <= last else { return }
      arrivals.append(arrival)
      step = arrival.step
      // An own run was received while it was recorded, so its end is the greatest time of its log.
      let end = arrival.isOwn ? logs[Int(arrival.log)].recordedMax : arrival.received
      receivedLast = max(receivedLast, arrival.received, end)
    }
    guard arrivals.lastPosition == last else {
      throw StoreError.damagedView("arrivals end at \(arrivals.lastPosition), edges at \(last)")
    }
  }

  private mutating func loadContext(_ database: Database) throws {
    let reader = EntryReader(database)
    var observations: [CausalityReplay.Observation] = []
    try database.forEachRow("SELECT log, seq FROM context_event ORDER BY position") { row in
      let log = try log(numbered: row.integer(0))
      let address = Address(log: log.id, seq: row.unsigned(1))
      guard let entry = try reader.entry(log: log.number, seq: address.seq) else {
        throw StoreError.missingEntry(address)
      }
      guard let event = try? Scorebook_V1_Event(serializedBytes: entry) else {
        throw StoreError.undecodableEntry(address)
      }
      if case .observed(let observed) = event.meaning.body {
        observations.append((address, observed.heads))
      } else {
        try take(event, at: address)
      }
    }
    for (entry, repeating) in try RepetitionTable(database).several() {
      repetitions.set(repeating, of: entry)
    }
    if let ledger, let genesisLog {
      membership = Membership(ledger: ledger, genesis: genesisLog, events: contextEvents)
    }
    let replay = try CausalityReplay(
      observations, forks: membership?.forks ?? [:], in: self, database)
    fold.causality = replay.causality
    awaited = replay.awaited
    guard let membership else { return }
    for index in logs.indices {
      logs[index].limit = UInt32(clamping: membership.limit(of: logs[index].id))
    }
    fold.voidedBatches = voidedBatches { membership.limit(of: $0) }
    fold.doubles = doubles(counted: limits, membership)
  }

  private mutating func take(
    _ recorded: Scorebook_V1_Event, at address: Address
  ) throws {
    guard let number = numbers[address.log] else { return }
    let event = recorded.meaning
    switch event.body {
    case .logStarted(let start) where address.seq == 1:
      logs[Int(number)].site = start.site
      logs[Int(number)].publicKey = ProtobufBytes.array(start.publicKey)
    default: break  // Kept below like every context event, for whoever asks.
    }
    contextEvents.append((address, event))
  }

  private mutating func loadTail(_ database: Database) throws {
    let pages = try Int.fetchOne(database, sql: "SELECT count(*) FROM page") ?? 0
    tail.firstPosition = UInt32(clamping: pages * ProjectionPage.rowCountMax + 1)
    try database.forEachRow("SELECT position, row FROM tail ORDER BY position") { row in
      let position = UInt32(truncatingIfNeeded: row.integer(0))
      guard
        let (decoded, previous) = TailRow.decode(
          try row.checkedBlob(1, of: .tail(position)), position: position,
          payload: &tail.payload)
      else { throw StoreError.damagedView("tail row \(position)") }
      guard Int(position) == Int(tail.firstPosition) + tail.rows.count, previous < position,
        Int(decoded.log) < logs.count, decoded.item <= position
      else { throw StoreError.damagedView("tail row \(position) is not of its place") }
      tail.rows.append(decoded)
      tail.previous.append(previous)
    }
    guard Int(tail.firstPosition) + tail.rows.count == Int(lastPosition) + 1 else {
      throw StoreError.damagedView("pages and tail end before position \(lastPosition)")
    }
  }

  private mutating func loadChangeTail(_ database: Database) throws {
    try database.forEachRow("SELECT position, changes FROM change_tail ORDER BY position") { row in
      let position = UInt32(truncatingIfNeeded: row.integer(0))
      let changes = try row.checkedBlob(1, of: .changeTail(position))
      guard TailChanges.decode(changes, position: position, to: &changeTail) else {
        throw StoreError.damagedView("changes of position \(position)")
      }
    }
  }
}

extension Database {
  /// Interns every value of a table in the order of their numbers, which the table must hold without a gap, as rows of
  /// pages name values by them. Returns how many there are.
  fileprivate func forEachValue(
    of table: String, at place: (Int) -> BlobPlace,
    _ intern: (UnsafeRawBufferPointer) -> UInt32?
  ) throws -> Int {
    var count = 0
    try forEachRow("SELECT number, bytes FROM \(table) ORDER BY number") {
      let bytes = try $0.checkedBlob(1, of: place(count))
      guard $0.integer(0) == Int64(count), intern(bytes) == UInt32(count) else {
        throw StoreError.damagedView("\(place(count)) is not of its place")
      }
      count += 1
    }
    return count
  }

  /// Steps through a query without boxing its values.
  package func forEachRow(_ sql: String, _ body: (RawStatement) throws -> Void) throws {
    let statement = try RawStatement(self, sql)
    defer { statement.reset() }
    while try statement.step() { try body(statement) }
  }

  /// The same with a statement that is prepared once for a connection: for what every score asks.
  package func forEachRow(kept sql: String, _ body: (RawStatement) throws -> Void) throws {
    let statement = try RawStatement(kept: self, sql)
    defer { statement.reset() }
    while try statement.step() { try body(statement) }
  }
}
