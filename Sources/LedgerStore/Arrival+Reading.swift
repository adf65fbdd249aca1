import GRDB

extension Database {
  /// The runs as they arrived, each of which goes on where the one before it ends.
  ///
  /// `logCount`: of the file's logs.
  /// - Throws: `StoreError.damaged` for a run that no file can have; what `body` throws.
  func forEachArrival(logCount: Int, _ body: (Arrival) throws -> Void) throws {
    var position: UInt32 = 0
    try forEachRow(
      """
      SELECT first_position, count, log, first_seq, received_us, is_own, step
      FROM arrival ORDER BY first_position
      """
    ) { row in
      let arrival = Arrival(reading: row)
      guard arrival.follows(position), Int(arrival.log) < logCount else {
        throw StoreError.damaged("arrival at position \(arrival.firstPosition)")
      }
      position = arrival.lastPosition
      try body(arrival)
    }
  }
}

extension Arrival {
  /// Whether the run goes on after a position, and its positions and seqs fit into a file.
  fileprivate func follows(_ position: UInt32) -> Bool {
    UInt64(firstPosition) == UInt64(position) + 1 && count >= 1 && firstSeq >= 1
      && UInt64(firstPosition) + UInt64(count) <= UInt64(UInt32.max)
      && UInt64(firstSeq) + UInt64(count) < UInt64(UInt32.max)
  }

  /// Columns in the order of the table.
  fileprivate init(reading row: RawStatement) {
    self.init(
      firstPosition: UInt32(truncatingIfNeeded: row.integer(0)),
      count: UInt32(truncatingIfNeeded: row.integer(1)),
      log: UInt32(truncatingIfNeeded: row.integer(2)),
      firstSeq: UInt32(truncatingIfNeeded: row.integer(3)), received: row.integer(4),
      isOwn: row.integer(5) == 1, step: row.integer(6))
  }
}
