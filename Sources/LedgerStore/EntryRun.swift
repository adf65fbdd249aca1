import LedgerCore

/// Consecutive entries of one log as one row of the table `entry`: each preceded by its length (LEB128), byte for byte
/// as it was recorded.
///
/// Measured on a million events: a row for each entry costs 26 bytes more an event.
struct EntryRun {
  let log: UInt32
  let firstSeq: UInt64
  private(set) var count: UInt64 = 0
  private(set) var bytes: [UInt8] = []

  /// A run that has reached this size takes no further entry. One entry is read by reading its run, so runs are short;
  /// and a row of 489 + 2 · 4,092 to 513 bytes more fills two overflow pages of SQLite and leaves nothing of a third.
  ///
  /// Source: https://www.sqlite.org/fileformat2.html, "B-tree Cell Format", for an index cell and pages of 4,096 bytes.
  private static let bytesMax = 8_700

  init(log: UInt32, firstSeq: UInt64, first entry: [UInt8]) {
    self.log = log
    self.firstSeq = firstSeq
    append(entry)
  }

  var isFull: Bool { bytes.count >= Self.bytesMax }

  mutating func append(_ entry: [UInt8]) {
    ByteCoding.append(UInt64(entry.count), to: &bytes)
    bytes.append(contentsOf: entry)
    count += 1
  }

  /// Calls `body` with the bytes of each entry, in order. Damaged bytes end the run early, so that whoever counts
  /// misses the first entry that cannot be read.
  ///
  /// `body`: returns false to stop.
  static func forEachEntry(
    in bytes: UnsafeRawBufferPointer, count: UInt64,
    _ body: (UnsafeRawBufferPointer) throws -> Bool
  ) rethrows {
    var reader = ByteReader(bytes)
    for _ in 0..<count {
      let entry = reader.take(Int(clamping: reader.unsigned()))
      guard !reader.isDamaged, try body(entry) else { return }
    }
  }
}
