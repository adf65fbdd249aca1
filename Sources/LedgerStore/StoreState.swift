package import GRDB
package import LedgerCore
package import LedgerSchema

/// What one log looks like from here.
package struct LogState: Sendable {
  package let number: UInt32
  package let id: LogID
  /// As its first event names it; the default `site` label of its events.
  package var site = ""
  package var publicKey: [UInt8] = []
  package var frontier = MerkleFrontier()
  package var stamp = Stamp.beforeAll
  package var recordedMax = Int64.min
  package var lastPosition: UInt32 = 0
  /// The last seq that counts at the newest cut; 0 = pending.
  package var limit: UInt32 = 0
  /// The newest head of it that came signed, as the table says: each session asks for those of all logs several times.
  package internal(set) var signed: CheckpointTable.Row?

  init(number: UInt32, id: LogID) {
    self.number = number
    self.id = id
  }

  package var size: UInt64 { frontier.size }

  /// The root of the first `size` entries.
  ///
  /// - Precondition: `size` is at most the log's.
  package func root(ofSize size: UInt64, _ database: Database) throws -> Digest256 {
    size == self.size
      ? frontier.root : try MerkleNodes(database).root(ofLog: number, size: size)
  }

  /// Takes in the next entry and returns its address; calls `completed` with the subtrees to keep.
  mutating func extend(
    by entry: PreparedEntry, _ completed: (MerkleSubtree) -> Void
  ) -> Address {
    frontier.append(
      leaf: entry.leaf, completedFrom: StoreLimits.subtreeLevelMin, completed)
    recordedMax = max(recordedMax, entry.recorded.microseconds)
    if case .observed(let observed) = entry.event?.body {
      stamp = Stamp.next(after: stamp, recorded: entry.recorded, observing: observed.stampUs)
    } else {
      stamp = Stamp.next(after: stamp, recorded: entry.recorded)
    }
    if case .logStarted(let start) = entry.event?.body, size == 1 {
      site = start.site
      publicKey = ProtobufBytes.array(start.publicKey)
    }
    return Address(log: id, seq: size)
  }

  /// The site for the log's next event: the one that starts it names the site itself.
  func site(before event: Scorebook_V1_Event?) -> String {
    guard size == 0, case .logStarted(let start) = event?.body else { return site }
    return start.site
  }
}

/// What a process keeps in memory of a ledger: small, whole, and thrown away whenever the file says that another
/// process has written.
package struct StoreState: Sendable {
  package var logs: [LogState] = []
  package var numbers: [LogID: UInt32] = [:]
  package var arrivals = ArrivalIndex()
  package var fold: FoldContext
  package var tail = TailBuffer()
  /// Pages that were read or sealed lately.
  package var pages = PageCache()
  package var long = LongHistories()
  package var changeTail: [Change] = []
  package var step: Int64 = 0
  package var receivedLast = Int64.min
  /// The genesis entry's digest and log; nil while the ledger has no genesis yet.
  package var ledger: Digest256?
  package var genesisLog: LogID?
  package var contextEvents: [(address: Address, event: Scorebook_V1_Event)] = []
  package var membership: Membership?
  /// What observations name of logs that have not come as far.
  var awaited = AwaitedHeads()
  package var repetitions = Repetitions()
  /// How many entries of each vocabulary table are in the file.
  var persisted = VocabularyCounts()
  /// What the file said when this was its state.
  package var version = StateVersion(step: 0, generation: 0)
  /// The number of the log that this ledger writes to; nil before it has started one.
  package var ownLogNumber: UInt32?

  init(zone: ZoneOffsets) {
    fold = FoldContext(zone: zone)
  }

  package var ownLog: LogState? {
    ownLogNumber.map { logs[Int($0)] }
  }

  package var lastPosition: UInt32 { arrivals.lastPosition }

  package var clock: VectorClock {
    VectorClock(logs.map { Address(log: $0.id, seq: $0.size) })
  }

  package var heads: [Head] {
    logs.filter { $0.size > 0 }.map { Head(log: $0.id, size: $0.size, root: $0.frontier.root) }
      .sorted { $0.log < $1.log }
  }

  /// The log that a row of a table names.
  ///
  /// - Throws: `StoreError.damagedView` where there is none of that number.
  package func log(numbered number: Int64) throws -> LogState {
    guard let index = Int(exactly: number), logs.indices.contains(index) else {
      throw StoreError.damagedView("a row names log number \(number) of \(logs.count)")
    }
    return logs[index]
  }

  package func log(_ id: LogID) -> LogState? {
    numbers[id].map { logs[Int($0)] }
  }

  /// The row of an event; its payload goes to the tail.
  mutating func row(of projected: ProjectedEvent, at place: Projector.Place) -> EventRow {
    projected.row(at: place, vocabulary: &fold.vocabulary, payload: &tail.payload)
  }

  /// Notes that the row came, at the end of what its log holds.
  mutating func noteArrival(of row: EventRow, received: Instant, isOwn: Bool) -> Arrival {
    receivedLast = max(receivedLast, received.microseconds)
    let arrival = Arrival(
      firstPosition: row.position, count: 1, log: row.log, firstSeq: row.seq,
      received: receivedLast, isOwn: isOwn, step: step)
    arrivals.append(arrival)
    logs[Int(row.log)].lastPosition = row.position
    return arrival
  }

  mutating func addLog(_ id: LogID) -> UInt32 {
    let number = UInt32(logs.count)
    logs.append(LogState(number: number, id: id))
    numbers[id] = number
    fold.logs.append(id)
    return number
  }
}

extension StoreState {
  /// The batches that count nothing, by what the context events say.
  ///
  /// `limit`: the last seq of a log that counts.
  func voidedBatches(limit: (LogID) -> UInt64) -> Set<UInt32> {
    Set(
      contextEvents.compactMap { address, event in
        guard case .importVoided = event.body, address.seq <= limit(address.log),
          let id = ItemID(bytes: event.item)
        else { return nil }
        return fold.vocabulary.batches.existingNumber(of: id)
      })
  }
}

/// How many values of each kind are stored already.
struct VocabularyCounts: Sendable {
  var labelSets = 0
  var answerShapes = 0
  var labels = 0
  var batches = 0
}
