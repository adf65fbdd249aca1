import LedgerCore
package import LedgerSchema
package import LedgerStore
package import LedgerSync

/// Makes the frames that bring a peer up to date, from one moment of the file.
package struct SyncSender {
  private let database: Connection
  private let state: StoreState
  private let audience: TextAudience
  private let batchEventsMax: Int

  /// `batchEventsMax`: smaller batches than the limit for a peer that may be cut off soon.
  package init(
    _ database: Connection, _ state: StoreState, for audience: TextAudience,
    batchEventsMax: Int = SyncLimits.batchEventsMax
  ) {
    self.database = database
    self.state = state
    self.audience = audience
    self.batchEventsMax = batchEventsMax
  }

  /// Calls `body` with one batch after another, in the order in which the entries arrived here: so every prefix of
  /// them is causally closed.
  package func forEachBatch(
    _ plan: SyncSession.Plan, _ body: (Scorebook_V1_Batch) throws -> Void
  ) throws {
    var wanted: [UInt32: ClosedRange<UInt64>] = [:]
    for (log, seqs) in plan.send {
      if let number = state.numbers[log] { wanted[number] = seqs }
    }
    var builder = BatchBuilder(eventsMax: batchEventsMax)
    for run in state.arrivals.runs {
      guard let all = wanted[run.log], all.overlaps(UInt64(run.firstSeq)...UInt64(run.lastSeq))
      else { continue }
      let seqs = all.clamped(to: UInt64(run.firstSeq)...UInt64(run.lastSeq))
      let log = state.logs[Int(run.log)]
      let includesTexts = audience.includes(textsOf: log.id, state)
      var texts = TextScan(database, log: run.log, seqs: seqs)
      try EntryReader(database).forEachEntryInPlace(log: run.log, seqs: seqs) { seq, entry in
        let own = includesTexts ? try texts.texts(ofSeq: seq) : []
        let count = own.reduce(entry.count) { $0 + $1.bytesInBatch }
        if builder.isFull(with: count) { try emit(&builder, plan, body) }
        builder.add(entry, log: log.id, seq: seq)
        for text in own {
          // More of them than a frame holds go on in batches of their own.
          if !builder.hasRoom(for: text.bytesInBatch) { try emit(&builder, plan, body) }
          builder.add(text, log: log.id, seq: seq)
        }
      }
    }
    if !builder.isEmpty { try emit(&builder, plan, body) }
    // A long scan leaves the connection full of pages that nobody reads again.
    if plan.send.contains(where: { $0.seqs.count > SyncLimits.batchEventsMax }) {
      database.releasePages()
    }
  }

  private func emit(
    _ builder: inout BatchBuilder, _ plan: SyncSession.Plan,
    _ body: (Scorebook_V1_Batch) throws -> Void
  ) throws {
    let promised = Dictionary(uniqueKeysWithValues: plan.send.map { ($0.log, $0.seqs.upperBound) })
    var batch = builder.take()
    for (log, size) in builder.reached.sorted(by: { $0.key < $1.key }) {
      guard let state = state.log(log), let end = promised[log], size < end else { continue }
      let proof = try MerkleNodes(database).consistency(ofLog: state.number, from: size, to: end)
      var message = Scorebook_V1_HeadProof()
      message.log = ProtobufBytes.data(log.bytes)
      message.size = size
      message.consistency = proof.path.map { ProtobufBytes.data($0.bytes) }
      batch.proofs.append(message)
    }
    builder = BatchBuilder(eventsMax: batchEventsMax)
    try body(batch)
  }
}

/// Collects entries into a batch within its limits.
private struct BatchBuilder {
  let eventsMax: Int
  private var batch = Scorebook_V1_Batch()
  private var events = 0
  private var bytes = 0
  private var last: Address?
  /// How far each log is in this batch.
  private(set) var reached: [LogID: UInt64] = [:]

  init(eventsMax: Int) {
    self.eventsMax = eventsMax
  }

  var isEmpty: Bool { bytes == 0 }

  func isFull(with count: Int) -> Bool {
    events >= eventsMax || !hasRoom(for: count)
  }

  func hasRoom(for count: Int) -> Bool {
    isEmpty || bytes + count <= SyncLimits.batchBytesMax
  }

  mutating func add(_ entry: UnsafeRawBufferPointer, log: LogID, seq: UInt64) {
    if last != Address(log: log, seq: seq - 1) {
      var run = Scorebook_V1_Run()
      run.log = ProtobufBytes.data(log.bytes)
      run.firstSeq = seq
      batch.runs.append(run)
    }
    batch.runs[batch.runs.count - 1].entries.append(ProtobufBytes.data(entry))
    last = Address(log: log, seq: seq)
    reached[log] = seq
    events += 1
    bytes += entry.count + 4
  }

  mutating func add(_ text: TextTable.Text, log: LogID, seq: UInt64) {
    batch.texts.append(text.message(at: Address(log: log, seq: seq)))
    bytes += text.bytesInBatch
  }

  func take() -> Scorebook_V1_Batch { batch }
}

extension TextTable.Text {
  /// At most: its own bytes, and what says where it belongs.
  var bytesInBatch: Int { bytes.count + 64 }

  func message(at address: Address) -> Scorebook_V1_DetachedText {
    var message = Scorebook_V1_DetachedText()
    message.address.log = ProtobufBytes.data(address.log.bytes)
    message.address.seq = address.seq
    message.address.ordinal = UInt32(ordinal)
    message.salt = ProtobufBytes.data(salt)
    message.encoding = UInt32(encoding)
    message.bytes = ProtobufBytes.data(bytes)
    return message
  }
}
