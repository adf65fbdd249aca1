package import GRDB
import LedgerCore

/// Detached texts: beside the log, erasable, travelling beside the entries.
package struct TextTable {
  /// One text as it is kept.
  package struct Text: Sendable {
    package var ordinal: Int
    package var salt: [UInt8]
    package var encoding: UInt8
    package var bytes: [UInt8]

    package init(ordinal: Int, salt: [UInt8], encoding: UInt8 = 0, bytes: [UInt8]) {
      self.ordinal = ordinal
      self.salt = salt
      self.encoding = encoding
      self.bytes = bytes
    }
  }

  private let database: Database

  package init(_ database: Database) {
    self.database = database
  }

  /// - Returns: whether it was not here yet.
  @discardableResult
  package func insert(_ text: Text, log: UInt32, seq: UInt64) throws -> Bool {
    let statement = try RawStatement(
      kept: database,
      """
      INSERT OR IGNORE INTO detached (log, seq, ordinal, salt, encoding, bytes)
      VALUES (?, ?, ?, ?, ?, ?)
      """)
    statement.bind(Int64(log), at: 1)
    statement.bind(Int64(seq), at: 2)
    statement.bind(Int64(text.ordinal), at: 3)
    statement.bind(text.salt, at: 4)
    statement.bind(Int64(text.encoding), at: 5)
    statement.bind(text.bytes, at: 6)
    try statement.run()
    return database.changesCount > 0
  }

  /// The text is here now: it need not be asked for any more.
  package func noteFound(log: UInt32, seq: UInt64, ordinal: Int) throws {
    let found = try RawStatement(
      kept: database, "DELETE FROM missing_text WHERE log = ? AND seq = ? AND ordinal = ?")
    try found.run(Int64(log), Int64(seq), Int64(ordinal))
  }

  /// Ascending by ordinal; those that are erased or not here are left out.
  package func texts(log: UInt32, seq: UInt64) throws -> [Text] {
    try texts(log: log, seqs: seq...seq)[seq] ?? []
  }

  /// By seq, each ascending by ordinal.
  package func texts(log: UInt32, seqs: ClosedRange<UInt64>) throws -> [UInt64: [Text]] {
    let statement = try RawStatement(
      kept: database,
      """
      SELECT seq, ordinal, salt, encoding, bytes FROM detached
      WHERE log = ? AND seq BETWEEN ? AND ? ORDER BY seq, ordinal
      """)
    statement.bind(Int64(log), at: 1)
    statement.bind(Int64(clamping: seqs.lowerBound), at: 2)
    statement.bind(Int64(clamping: seqs.upperBound), at: 3)
    defer { statement.reset() }
    var texts: [UInt64: [Text]] = [:]
    while try statement.step() {
      texts[statement.unsigned(0), default: []].append(
        Text(
          ordinal: Int(statement.integer(1)), salt: statement.bytes(2),
          encoding: UInt8(truncatingIfNeeded: statement.integer(3)), bytes: statement.bytes(4)))
    }
    return texts
  }

  package func delete(log: UInt32, seq: UInt64) throws -> Int {
    let statement = try RawStatement(database, "DELETE FROM detached WHERE log = ? AND seq = ?")
    try statement.run(Int64(log), Int64(seq))
    let count = database.changesCount
    let missing = try RawStatement(database, "DELETE FROM missing_text WHERE log = ? AND seq = ?")
    try missing.run(Int64(log), Int64(seq))
    return count
  }

  package func noteMissing(log: UInt32, seq: UInt64, ordinal: Int) throws {
    let statement = try RawStatement(
      kept: database,
      """
      INSERT OR IGNORE INTO missing_text (log, seq, ordinal)
      SELECT ?1, ?2, ?3 WHERE NOT EXISTS
        (SELECT 1 FROM detached WHERE log = ?1 AND seq = ?2 AND ordinal = ?3)
      """)
    try statement.run(Int64(log), Int64(seq), Int64(ordinal))
  }

  /// How many texts of a range's entries are not here.
  package func missingCount(log: UInt32, seqs: ClosedRange<UInt64>) throws -> Int {
    let statement = try RawStatement(
      database, "SELECT count(*) FROM missing_text WHERE log = ? AND seq BETWEEN ? AND ?")
    return Int(try integer(statement, log, seqs))
  }

  /// Whether a text of a range's entries is here.
  package func holdsAny(log: UInt32, seqs: ClosedRange<UInt64>) throws -> Bool {
    let statement = try RawStatement(
      database, "SELECT EXISTS (SELECT 1 FROM detached WHERE log = ? AND seq BETWEEN ? AND ?)")
    return try integer(statement, log, seqs) != 0
  }

  /// Customers whose texts are never kept again.
  package func erasedCustomerCount() throws -> Int {
    let statement = try RawStatement(
      database, "SELECT count(DISTINCT customer) FROM erased_customer")
    defer { statement.reset() }
    return try statement.step() ? Int(statement.integer(0)) : 0
  }

  private func integer(
    _ statement: RawStatement, _ log: UInt32, _ seqs: ClosedRange<UInt64>
  ) throws -> Int64 {
    statement.bind(Int64(log), at: 1)
    statement.bind(Int64(clamping: seqs.lowerBound), at: 2)
    statement.bind(Int64(clamping: seqs.upperBound), at: 3)
    defer { statement.reset() }
    return try statement.step() ? statement.integer(0) : 0
  }

  /// Texts of some logs that are not here, by log and seq: as many as `limit` after the first `skipping`.
  package func missing(
    of logs: [UInt32], skipping: Int = 0, limit: Int
  ) throws -> [(log: UInt32, seq: UInt64, ordinal: Int)] {
    let statement = try RawStatement(
      kept: database,
      "SELECT seq, ordinal FROM missing_text WHERE log = ? ORDER BY seq, ordinal LIMIT ? OFFSET ?")
    var missing: [(UInt32, UInt64, Int)] = []
    var skipping = skipping
    for log in try lacking(of: logs) where missing.count < limit {
      if skipping > 0 {
        let count = try missingCount(log: log, seqs: 1...UInt64(UInt32.max))
        guard count > skipping else {
          skipping -= count
          continue
        }
      }
      statement.bind(Int64(log), at: 1)
      statement.bind(Int64(limit - missing.count), at: 2)
      statement.bind(Int64(skipping), at: 3)
      skipping = 0
      defer { statement.reset() }
      while try statement.step() {
        missing.append((log, statement.unsigned(0), Int(statement.integer(1))))
      }
    }
    return missing
  }

  /// How many texts of some logs are not here.
  package func missingCount(of logs: [UInt32]) throws -> Int {
    try lacking(of: logs).reduce(0) { try $0 + missingCount(log: $1, seqs: 1...UInt64(UInt32.max)) }
  }

  /// Those of some logs of which a text is not here: nearly always none, so that one question is enough.
  private func lacking(of logs: [UInt32]) throws -> [UInt32] {
    let next = try RawStatement(
      kept: database, "SELECT log FROM missing_text WHERE log > ? ORDER BY log LIMIT 1")
    let wanted = Set(logs)
    var lacking: [UInt32] = []
    var last: Int64 = -1
    while true {
      next.bind(last, at: 1)
      defer { next.reset() }
      // Of a torn file the order of rows is not believed.
      guard try next.step(), next.integer(0) > last else { return lacking }
      last = next.integer(0)
      if let log = UInt32(exactly: last), wanted.contains(log) { lacking.append(log) }
    }
  }
}

extension Appender {
  /// - Returns: whether it was not here yet.
  @discardableResult
  package func insertText(_ text: TextTable.Text, log: UInt32, seq: UInt64) throws -> Bool {
    try texts.insert(text, log: log, seq: seq)
  }

  package var texts: TextTable { TextTable(database) }

  /// The connection of this transaction, with every entry appended so far in its tables.
  package var connection: Database {
    get throws {
      try settleEntries()
      return database
    }
  }
}
