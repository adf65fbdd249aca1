import LedgerCore
import LedgerSchema
import LedgerStore
import LedgerSync

/// Puts texts by themselves into batches that keep to a frame's size.
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
    _ id: LogID, seqs: ClosedRange<UInt64>, _ write: (Scorebook_V1_Frame) throws -> Void
  ) throws {
    guard let log = state.numbers[id] else { return }
    var first = seqs.lowerBound
    while first <= seqs.upperBound {
      let last = min(first + Self.stretch - 1, seqs.upperBound)
      let texts = try TextTable(database).texts(log: log, seqs: first...last)
      for (seq, texts) in texts.sorted(by: { $0.key < $1.key }) {
        for text in texts { try add(text.message(at: Address(log: id, seq: seq)), write) }
      }
      first = last + 1
    }
  }

  mutating func finish(_ write: (Scorebook_V1_Frame) throws -> Void) throws {
    guard !batch.texts.isEmpty else { return }
    var frame = Scorebook_V1_Frame()
    frame.batch = batch
    try write(frame)
    batch = Scorebook_V1_Batch()
    bytes = 0
  }

  private mutating func add(
    _ text: Scorebook_V1_DetachedText, _ write: (Scorebook_V1_Frame) throws -> Void
  ) throws {
    let size = text.bytes.count + 64
    if bytes + size > SyncLimits.frameBytesMax * 3 / 4 { try finish(write) }
    batch.texts.append(text)
    bytes += size
    count += 1
  }
}
