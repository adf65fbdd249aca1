package import GRDB
package import LedgerCore

/// The newest signed head of each log.
package struct CheckpointTable {
  /// A signed note, and how what is held leads up to it.
  package struct Row: Sendable {
    package var size: UInt64
    package var root: Digest256
    package var note: String
    package var held: UInt64
    /// From what is held to the first of `steps`, or to the signed head.
    package var consistency: [Digest256]
    /// The heads between, where what is held came from a relay that held a prefix itself.
    package var steps: [HeadChain.Step]

    /// Nil when the chain's note states no checkpoint.
    package init?(_ chain: HeadChain) {
      guard let signed = chain.statedCheckpoint else { return nil }
      size = signed.size
      root = signed.root
      note = chain.note
      held = chain.size
      consistency = chain.steps[0].consistency
      steps = Array(chain.steps.dropFirst())
    }

    /// Columns in the order of the table; nil where the root is none.
    fileprivate init?(reading statement: RawStatement) {
      guard let root = Digest256(bytes: statement.blob(2)) else { return nil }
      let proof = CheckpointProofCoding(decoding: statement.bytes(5))
      size = statement.unsigned(1)
      self.root = root
      note = statement.text(3)
      held = statement.unsigned(4)
      consistency = proof.consistency
      steps = proof.steps
    }

    /// How the head that is held leads to the signed one.
    ///
    /// `root`: of the first `held` entries; asked for only where it is not the signed one.
    package func chain(root heldRoot: @autoclosure () -> Digest256) -> HeadChain {
      let head = HeadChain.Step(
        size: held, root: held == size ? root : heldRoot(), consistency: consistency)
      return HeadChain(steps: [head] + steps, note: note)
    }
  }

  private let database: Database

  package init(_ database: Database) {
    self.database = database
  }

  package func row(log: UInt32) throws -> Row? {
    let statement = try RawStatement(
      kept: database,
      "SELECT log, size, root, note, held, consistency FROM checkpoint WHERE log = ?")
    statement.bind(Int64(log), at: 1)
    defer { statement.reset() }
    return try statement.step() ? Row(reading: statement) : nil
  }

  /// Calls `body` with the number of each log that has one.
  func forEachRow(_ body: (Int, Row) throws -> Void) throws {
    try database.forEachRow("SELECT log, size, root, note, held, consistency FROM checkpoint") {
      if let row = Row(reading: $0) { try body(Int($0.integer(0)), row) }
    }
  }

  fileprivate func set(_ row: Row, log: UInt32) throws {
    let statement = try RawStatement(
      kept: database,
      """
      INSERT INTO checkpoint (log, size, root, note, held, consistency)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (log) DO UPDATE
      SET size = ?2, root = ?3, note = ?4, held = ?5, consistency = ?6
      """)
    statement.bind(Int64(log), at: 1)
    statement.bind(Int64(row.size), at: 2)
    statement.bind(row.root.bytes, at: 3)
    statement.bind(row.note, at: 4)
    statement.bind(Int64(row.held), at: 5)
    let proof = CheckpointProofCoding(consistency: row.consistency, steps: row.steps)
    statement.bind(proof.bytes, at: 6)
    try statement.run()
  }
}

extension Appender {
  /// Keeps a signed head of a log, instead of the one before.
  ///
  /// - Precondition: the transaction appends an event too. By that other processes tell that their state is an old one.
  package func keep(_ row: CheckpointTable.Row, log: UInt32) throws {
    try CheckpointTable(database).set(row, log: log)
    state.logs[Int(log)].signed = row
  }
}
