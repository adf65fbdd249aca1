import LedgerCore
import LedgerSchema
import LedgerSync
import TestSupport
import Testing

/// What the entries of a run say first travels field by field, and comes back as it was.
@Suite struct EntryColumnsTests {
  @Test(arguments: Seeds.all)
  func `entries come back as they were, whatever they are`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let count = Int.random(in: 0...200, using: &random)
    let whole = try frame(&random, count: count)
    let elided = whole.elided(.columns)
    #expect(!elided.batch.columns.isEmpty || count < 100)
    #expect(try elided.restored() == whole)
    #expect(byteCount(elided) <= byteCount(whole))
  }

  @Test func `a thousand answers of a branch travel in columns`() throws {
    var random = SplitMix64(seed: 1)
    var whole = Scorebook_V1_Frame()
    var run = Scorebook_V1_Run()
    for number in 0..<1_000 {
      var event = event(number, &random)
      event.recordedUs = 1_700_000_000_000_000 + Int64(number) * 60_000_000
      run.entries.append(ProtobufBytes.data(try event.entryBytes()))
    }
    whole.batch.runs = [run]
    let elided = whole.elided(.columns)
    let columns = elided.batch.columns[0]
    // Minutes, from a time that is a multiple of twenty seconds: four bytes of the first, and one of each other.
    #expect(columns.recordedUs.unit == 20_000_000)
    #expect(columns.recordedUs.multiples.count == 4 + 999)
    #expect(columns.customers.count == 16_000)
    #expect(try elided.restored() == whole)
  }

  @Test func `a run that would be larger in columns stays as it is`() throws {
    var random = SplitMix64(seed: 2)
    let whole = try frame(&random, count: 2)
    #expect(whole.elided(.columns) == whole)
  }

  @Test(arguments: Seeds.all)
  func `changed columns are refused, or are other entries, and end nothing`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let elided = try frame(&random, count: 200).elided(.columns)
    for _ in 0..<200 {
      var frame = elided
      if Bool.random(using: &random) {
        let place = Int.random(in: 0..<200, using: &random)
        var left = ProtobufBytes.array(frame.batch.runs[0].entries[place])
        change(&left, &random)
        frame.batch.runs[0].entries[place] = ProtobufBytes.data(left)
      } else {
        let column = Column.allCases[Int(random.next() % 4)]
        column.change(&frame.batch.columns[0]) { change(&$0, &random) }
      }
      guard let restored = try? frame.restored() else { continue }
      #expect(restored.batch.columns.isEmpty)
    }
  }

  private func change(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
    guard let place = bytes.indices.randomElement(using: &random) else { return }
    bytes[place] = .random(in: .min ... .max, using: &random)
  }

  enum Column: CaseIterable {
    case recorded
    case lags
    case items
    case customers

    func change(_ columns: inout Scorebook_V1_EntryColumns, _ change: (inout [UInt8]) -> Void) {
      var bytes =
        switch self {
        case .recorded: ProtobufBytes.array(columns.recordedUs.multiples)
        case .lags: ProtobufBytes.array(columns.occurredLagUs.multiples)
        case .items: ProtobufBytes.array(columns.items)
        case .customers: ProtobufBytes.array(columns.customers)
        }
      change(&bytes)
      switch self {
      case .recorded: columns.recordedUs.multiples = ProtobufBytes.data(bytes)
      case .lags: columns.occurredLagUs.multiples = ProtobufBytes.data(bytes)
      case .items: columns.items = ProtobufBytes.data(bytes)
      case .customers: columns.customers = ProtobufBytes.data(bytes)
      }
    }
  }

  @Test(arguments: Column.allCases)
  func `a column holds what the entries want, no more and no less`(column: Column) throws {
    var random = SplitMix64(seed: 3)
    let elided = try frame(&random, count: 200).elided(.columns)
    _ = try elided.restored()
    var more = elided
    column.change(&more.batch.columns[0]) { $0 += Array(repeating: 0, count: 16) }
    #expect(throws: SyncRefusal.malformed("columns that hold more than their entries want")) {
      try more.restored()
    }
    var fewer = elided
    column.change(&fewer.batch.columns[0]) { $0.removeLast() }
    #expect(throws: SyncRefusal.self) { try fewer.restored() }
  }

  @Test(arguments: [[0x40], [0x80], [0x30], [0x01], [0x04], []] as [[UInt8]])
  func `what is left of no entry is refused`(left: [UInt8]) throws {
    var frame = apart([left])
    #expect(
      throws: SyncRefusal.malformed("an entry of which more was taken out than columns hold")
    ) { try frame.restored() }
    frame = apart([[0x20]])
    #expect(try frame.restored().batch.runs[0].entries.map { Array($0) } == [[0x18, 2]])
  }

  @Test(
    arguments: [
      (unit: 1, multiples: [0x80]), (unit: .max, multiples: [2]), (unit: 1 << 62, multiples: [4]),
    ] as [(unit: UInt64, multiples: [UInt8])])
  func `numbers that are none are refused`(unit: UInt64, multiples: [UInt8]) throws {
    var frame = apart([[0x02]])
    frame.batch.columns[0].occurredLagUs.unit = unit
    frame.batch.columns[0].occurredLagUs.multiples = ProtobufBytes.data(multiples)
    #expect(throws: SyncRefusal.malformed("a column of numbers that are none")) {
      try frame.restored()
    }
    frame.batch.columns[0].occurredLagUs.unit = 3
    frame.batch.columns[0].occurredLagUs.multiples = ProtobufBytes.data([2])
    #expect(try frame.restored().batch.runs[0].entries.map { Array($0) } == [[0x10, 6]])
  }

  @Test func `columns of a run that is not there, or of one twice, are refused`() throws {
    for runs: [UInt32] in [[1], [0, 0], [0, 1], [.max]] {
      var frame = apart([[0x20]])
      frame.batch.columns = runs.map { run in
        var columns = Scorebook_V1_EntryColumns()
        columns.run = run
        return columns
      }
      #expect(throws: SyncRefusal.malformed("columns of no run")) { try frame.restored() }
    }
  }

  @Test func `entries that come to more than a frame holds are refused`() throws {
    let share = SyncLimits.frameBytesMax / 2
    for more in [0, 1] {
      // Two runs, each within the limit: a recorded time of nine bytes, and what is left.
      var frame = Scorebook_V1_Frame()
      for run in 0..<2 {
        let left = Array(repeating: UInt8(1), count: 1 + share - 9 + more)
        var taken = apart([left]).batch
        taken.columns[0].run = UInt32(run)
        taken.columns[0].recordedUs.multiples = ProtobufBytes.data([0])
        frame.batch.runs += taken.runs
        frame.batch.columns += taken.columns
      }
      if more == 0 {
        let restored = try frame.restored()
        #expect(restored.batch.runs.map { $0.entries[0].count } == [share, share])
      } else {
        #expect(
          throws: SyncRefusal.tooLarge(
            what: "frame as it is put together", got: 2 * (share + more),
            limit: SyncLimits.frameBytesMax)
        ) { try frame.restored() }
      }
    }
  }

  @Test func `more entries than a batch holds are refused, and are not taken apart`() throws {
    let most = SyncLimits.batchEventsMax
    var frame = apart(Array(repeating: [0x20], count: most))
    #expect(try frame.restored().batch.runs[0].entries.count == most)
    frame = apart(Array(repeating: [0x20], count: most + 1))
    #expect(throws: SyncRefusal.tooMany(what: "events in a batch", got: most + 1, limit: most)) {
      try frame.restored()
    }
    var random = SplitMix64(seed: 4)
    let whole = try self.frame(&random, count: most + 1)
    #expect(whole.elided(.columns) == whole)
  }

  @Test func `a batch that no frame holds is not taken apart`() throws {
    var random = SplitMix64(seed: 5)
    var whole = try frame(&random, count: 100)
    let long = Array(repeating: UInt8(0x7F), count: SyncLimits.frameBytesMax)
    whole.batch.runs[0].entries.append(ProtobufBytes.data(long))
    #expect(whole.elided(.columns) == whole)
  }

  @Test func `numbers at the ends of their range come back`() throws {
    for values: [Int64] in [
      [.min], [.max], [.min, .max], [.min, 0], [0, 0], [.max, .min, -1, 1], [],
    ] {
      var whole = Scorebook_V1_Frame()
      whole.batch.runs = [Scorebook_V1_Run()]
      for value in Array(repeating: values, count: 60).joined() {
        var event = Scorebook_V1_Event()
        event.recordedUs = value
        event.occurredLagUs = value >> 2
        event.customer = ProtobufBytes.data(Array(repeating: 1, count: 16))
        whole.batch.runs[0].entries.append(ProtobufBytes.data(try event.entryBytes()))
      }
      #expect(try whole.elided(.columns).restored() == whole)
    }
  }

  private func byteCount(_ frame: Scorebook_V1_Frame) -> Int {
    let entries = frame.batch.runs[0].entries.reduce(0) { $0 + $1.count }
    return frame.batch.columns.reduce(entries) { bytes, columns in
      bytes + columns.recordedUs.multiples.count + columns.occurredLagUs.multiples.count
        + columns.items.count + columns.customers.count
    }
  }

  /// One run of which this is left, with columns in which there is nothing.
  private func apart(_ left: [[UInt8]]) -> Scorebook_V1_Frame {
    var run = Scorebook_V1_Run()
    run.entries = left.map { ProtobufBytes.data($0) }
    var frame = Scorebook_V1_Frame()
    frame.batch.runs = [run]
    frame.batch.columns = [Scorebook_V1_EntryColumns()]
    return frame
  }

  /// A run of events, among which are bytes of any kind.
  private func frame(_ random: inout SplitMix64, count: Int) throws -> Scorebook_V1_Frame {
    var run = Scorebook_V1_Run()
    run.firstSeq = 7
    for number in 0..<count {
      var entry = try event(number, &random).entryBytes()
      // Most are events as they are.
      let damage = random.next() % 8
      if damage == 0 { entry.removeLast(Int.random(in: 0...entry.count, using: &random)) }
      if damage == 1 { change(&entry, &random) }
      run.entries.append(ProtobufBytes.data(entry))
    }
    var frame = Scorebook_V1_Frame()
    frame.batch.runs = [run]
    return frame
  }

  private func event(_ number: Int, _ random: inout SplitMix64) -> Scorebook_V1_Event {
    var event = Scorebook_V1_Event()
    event.recordedUs = 1_700_000_000_000_000 + Int64(number) * 1_000_000
    event.occurredLagUs = .random(in: -1_000...1_000_000, using: &random) * 1_000
    event.timeQuality = random.next() % 4 == 0 ? .day : .exact
    if random.next() % 2 == 0 {
      event.item = ProtobufBytes.data(ItemID(high: 1, low: UInt64(number)).bytes)
    }
    event.customer = ProtobufBytes.data(
      CustomerID(high: random.next(), low: random.next()).bytes)
    event.surveyResponseSubmitted = Scorebook_V1_SurveyResponseSubmitted()
    return event
  }
}
