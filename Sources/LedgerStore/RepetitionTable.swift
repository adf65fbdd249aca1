package import GRDB
package import LedgerCore

/// Which events repeat what of forked logs' tails.
package struct RepetitionTable {
  private let database: Database

  package init(_ database: Database) {
    self.database = database
  }

  func add(_ repetition: Repetitions.Repetition, of entry: TailEntry) throws {
    let statement = try RawStatement(
      kept: database,
      "INSERT INTO repetition (origin, origin_seq, leaf, log, seq, stamp) VALUES (?, ?, ?, ?, ?, ?)"
    )
    Self.bind(entry, to: statement)
    statement.bind(Int64(repetition.place.log), at: 4)
    statement.bind(Int64(repetition.place.seq), at: 5)
    statement.bind(repetition.stamp, at: 6)
    try statement.run()
  }

  /// Every event that is held and repeats the entry, by log and seq.
  package func repetitions(of entry: TailEntry) throws -> [Repetitions.Repetition] {
    let statement = try RawStatement(
      kept: database,
      """
      SELECT log, seq, stamp FROM repetition WHERE origin = ? AND origin_seq = ? AND leaf = ?
      ORDER BY log, seq
      """)
    Self.bind(entry, to: statement)
    defer { statement.reset() }
    var found: [Repetitions.Repetition] = []
    while try statement.step() { found.append(Self.repetition(statement, from: 0)) }
    return found
  }

  /// What is repeated several times. O(repetitions).
  func several() throws -> [TailEntry: [Repetitions.Repetition]] {
    var found: [TailEntry: [Repetitions.Repetition]] = [:]
    try database.forEachRow(
      """
      SELECT origin, origin_seq, leaf, log, seq, stamp FROM repetition
      WHERE (origin, origin_seq, leaf) IN (
        SELECT origin, origin_seq, leaf FROM repetition
        GROUP BY origin, origin_seq, leaf HAVING count(*) > 1)
      ORDER BY origin, origin_seq, leaf, log, seq
      """
    ) { row in
      guard let log = LogID(bytes: row.blob(0)), let leaf = Digest256(bytes: row.blob(2)) else {
        throw StoreError.damagedView("repetition")
      }
      let address = Address(log: log, seq: UInt64(bitPattern: row.integer(1)))
      found[TailEntry(address: address, leaf: leaf), default: []].append(
        Self.repetition(row, from: 3))
    }
    return found
  }

  private static func bind(_ entry: TailEntry, to statement: RawStatement) {
    statement.bind(entry.address.log.bytes, at: 1)
    // A foreign event may name any seq at all.
    statement.bind(Int64(bitPattern: entry.address.seq), at: 2)
    statement.bind(entry.leaf.bytes, at: 3)
  }

  private static func repetition(
    _ row: RawStatement, from column: Int32
  ) -> Repetitions.Repetition {
    Repetitions.Repetition(
      place: EventPlace(
        log: UInt32(truncatingIfNeeded: row.integer(column)),
        seq: UInt32(truncatingIfNeeded: row.integer(column + 1))),
      stamp: row.integer(column + 2))
  }
}
