import LedgerCore
import LedgerSchema

extension Scorebook_V1_Batch {
  /// Takes the entries of each run apart into columns, where their bytes become fewer. A batch that nobody would put
  /// together again stays as it is.
  mutating func elideColumns() {
    guard entryCount <= SyncLimits.batchEventsMax, entryBytes <= SyncLimits.frameBytesMax else {
      return
    }
    for index in runs.indices {
      guard var taken = runs[index].takeColumns() else { continue }
      taken.run = UInt32(index)
      columns.append(taken)
    }
  }

  /// Puts the entries together again.
  ///
  /// - Throws: `SyncRefusal.tooMany` entries for a batch, `.tooLarge` for a frame, `.malformed` where columns do not
  ///   hold what the entries want, no more and no less.
  mutating func restoreColumns() throws(SyncRefusal) {
    guard !columns.isEmpty else { return }
    guard entryCount <= SyncLimits.batchEventsMax else {
      throw .tooMany(
        what: "events in a batch", got: entryCount, limit: SyncLimits.batchEventsMax)
    }
    var bytes = 0
    var next = 0
    for taken in columns {
      let index = Int(taken.run)
      guard index >= next, index < runs.count else { throw .malformed("columns of no run") }
      try runs[index].putBack(taken, bytes: &bytes)
      next = index + 1
    }
    columns = []
  }

  private var entryCount: Int { runs.reduce(0) { $0 + $1.entries.count } }

  private var entryBytes: Int { runs.reduce(0) { $0 + $1.entryBytes } }
}

extension Scorebook_V1_Run {
  fileprivate var entryBytes: Int { entries.reduce(0) { $0 + $1.count } }

  /// Nil where the run stays as it is, as its entries would not become smaller.
  fileprivate mutating func takeColumns() -> Scorebook_V1_EntryColumns? {
    var columns = EntryColumns()
    var apart = self
    apart.entries = entries.map { ProtobufBytes.data(columns.take(ProtobufBytes.array($0))) }
    let taken = columns.message
    guard apart.entryBytes + taken.byteCount <= entryBytes else { return nil }
    self = apart
    return taken
  }

  /// `bytes`: of all entries of the frame that were put together.
  fileprivate mutating func putBack(
    _ taken: Scorebook_V1_EntryColumns, bytes: inout Int
  ) throws(SyncRefusal) {
    guard var columns = EntryColumns.Reader(taken) else {
      throw .malformed("a column of numbers that are none")
    }
    for index in entries.indices {
      guard let entry = columns.entry(ProtobufBytes.array(entries[index])) else {
        throw .malformed("an entry of which more was taken out than columns hold")
      }
      bytes += entry.count
      guard bytes <= SyncLimits.frameBytesMax else {
        throw .tooLarge(
          what: "frame as it is put together", got: bytes, limit: SyncLimits.frameBytesMax)
      }
      entries[index] = ProtobufBytes.data(entry)
    }
    guard columns.isAtEnd else {
      throw .malformed("columns that hold more than their entries want")
    }
  }
}

extension Scorebook_V1_EntryColumns {
  /// Tags, lengths, units and the run's number come to less than so many bytes.
  private static let framingBytes = 64

  fileprivate var byteCount: Int {
    Self.framingBytes + recordedUs.multiples.count + occurredLagUs.multiples.count + items.count
      + customers.count
  }
}
