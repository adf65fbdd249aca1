package import GRDB
package import LedgerCore

/// Bytes that were refused, kept with the reason.
package struct QuarantineTable {
  private let database: Database

  package init(_ database: Database) {
    self.database = database
  }

  /// How many refusals are kept.
  package func count() throws -> Int {
    let statement = try RawStatement(kept: database, "SELECT count(*) FROM quarantine")
    defer { statement.reset() }
    return try statement.step() ? Int(statement.integer(0)) : 0
  }

  /// How many refusals are kept of each log.
  package func countByLog() throws -> [LogID: Int] {
    var counts: [LogID: Int] = [:]
    try database.forEachRow("SELECT log, count(*) FROM quarantine GROUP BY log") { row in
      guard let log = LogID(bytes: row.blob(0)) else { return }
      counts[log] = Int(row.integer(1))
    }
    return counts
  }

  /// How far the entries of one branch are kept; 0 when none are.
  package func lastSeq(of log: LogID, branch: Digest256) throws -> UInt64 {
    let statement = try RawStatement(
      database, "SELECT coalesce(max(seq), 0) FROM quarantine WHERE log = ? AND reason = ?")
    statement.bind(log.bytes, at: 1)
    statement.bind(QuarantineReason.branch(branch).text, at: 2)
    defer { statement.reset() }
    return try statement.step() ? statement.unsigned(0) : 0
  }

  /// What is kept of forked logs' other branches, ascending by seq.
  package func branchEntries(of log: LogID) throws -> [(
    reason: String, seq: UInt64, bytes: [UInt8]
  )] {
    let statement = try RawStatement(
      database,
      """
      SELECT reason, seq, bytes FROM quarantine WHERE log = ? AND reason LIKE '\(QuarantineReason.branchPrefix)%'
      ORDER BY seq, number
      """)
    statement.bind(log.bytes, at: 1)
    defer { statement.reset() }
    var entries: [(reason: String, seq: UInt64, bytes: [UInt8])] = []
    while try statement.step() {
      entries.append((statement.text(0), statement.unsigned(1), statement.bytes(2)))
    }
    return entries
  }

  /// Bytes that an entry is counted for beside its own: its row, also of one that has none.
  package static let rowBytes: Int64 = 128

  /// What is kept of some logs.
  func bytes(of logs: Set<LogID>) throws -> Int64 {
    var sum: Int64 = 0
    try database.forEachRow(
      "SELECT log, sum(length(bytes) + \(Self.rowBytes)) FROM quarantine GROUP BY log"
    ) { row in
      guard let log = LogID(bytes: row.blob(0)), logs.contains(log) else { return }
      sum += row.integer(1)
    }
    return sum
  }

  /// What is kept of logs that are not held.
  func bytesOfOthers() throws -> Int64 {
    let statement = try RawStatement(
      database,
      """
      SELECT coalesce(sum(length(bytes) + \(Self.rowBytes)), 0) FROM quarantine
      WHERE log NOT IN (SELECT id FROM log)
      """)
    return try statement.step() ? statement.integer(0) : 0
  }

  /// What is kept of one log's entries, for whatever reason, by seq.
  func entries(of log: LogID, from seq: UInt64, count: Int) throws -> [UInt64: [[UInt8]]] {
    let statement = try RawStatement(
      database, "SELECT seq, bytes FROM quarantine WHERE log = ? AND seq >= ? AND seq < ?")
    statement.bind(log.bytes, at: 1)
    statement.bind(Int64(clamping: seq), at: 2)
    statement.bind(Int64(clamping: seq &+ UInt64(count)), at: 3)
    defer { statement.reset() }
    var entries: [UInt64: [[UInt8]]] = [:]
    while try statement.step() {
      entries[statement.unsigned(0), default: []].append(statement.bytes(1))
    }
    return entries
  }

  /// - Precondition: it is not kept yet.
  func add(
    _ reason: QuarantineReason, log: LogID, seq: UInt64, bytes: [UInt8], received: Instant
  ) throws {
    let statement = try RawStatement(
      database,
      "INSERT INTO quarantine (reason, log, seq, bytes, received_us) VALUES (?, ?, ?, ?, ?)")
    statement.bind(reason.text, at: 1)
    statement.bind(log.bytes, at: 2)
    statement.bind(Int64(clamping: seq), at: 3)
    statement.bind(bytes, at: 4)
    statement.bind(received.microseconds, at: 5)
    try statement.run()
  }
}
