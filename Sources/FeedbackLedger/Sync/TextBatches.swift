import LedgerCore
import LedgerSchema
import LedgerStore
import LedgerSync

/// Puts texts by themselves, without the entries that commit to them, into batches that keep to a frame's size.
struct TextBatches {
  private let database: Connection
  private let state: StoreState
  private var batch = Scorebook_V1_Batch()
  private var bytes = 0
  private(set) var count = 0
  private static let stretch: UInt64 = 1_024

  init(_ database: Connection, _ state: StoreState) {
    self.database = database
    self.state = state
  }

  /// Adds every text that is held of a range of a log.
  mutating func add(
    _ id: LogID, seqs: ClosedRange<UInt64>, _ body: (Scorebook_V1_Batch) throws -> Void
  ) throws {
    guard let log = state.log(id) else { return }
    // A range comes from a file; nothing is held beyond the log.
    let end = min(seqs.upperBound, log.size)
    var first = seqs.lowerBound
    while first <= end {
      let last = min(first + Self.stretch - 1, end)
      let texts = try TextTable(database).texts(log: log.number, seqs: first...last)
      for (seq, texts) in texts.sorted(by: { $0.key < $1.key }) {
        for text in texts { try add(text, at: Address(log: id, seq: seq), body) }
      }
      first = last + 1
    }
  }

  /// Adds one text, where it is held.
  mutating func add(
    _ address: Address, ordinal: Int, _ body: (Scorebook_V1_Batch) throws -> Void
  ) throws {
    guard let log = state.numbers[address.log] else { return }
    for text in try TextTable(database).texts(log: log, seq: address.seq)
    where text.ordinal == ordinal {
      try add(text, at: address, body)
    }
  }

  /// Hands over what is left.
  mutating func finish(_ body: (Scorebook_V1_Batch) throws -> Void) throws {
    guard !batch.texts.isEmpty else { return }
    try body(batch)
    batch = Scorebook_V1_Batch()
    bytes = 0
  }

  private mutating func add(
    _ text: TextTable.Text, at address: Address, _ body: (Scorebook_V1_Batch) throws -> Void
  ) throws {
    if bytes + text.bytesInBatch > SyncLimits.batchBytesMax { try finish(body) }
    batch.texts.append(text.message(at: address))
    bytes += text.bytesInBatch
    count += 1
  }
}
