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
    package var consistency: [Digest256]

    package init(
      size: UInt64, root: Digest256, note: String, held: UInt64, consistency: [Digest256]
    ) {
      self.size = size
      self.root = root
      self.note = note
      self.held = held
      self.consistency = consistency
    }
  }

  private let database: Database

  package init(_ database: Database) {
    self.database = database
  }

  package func row(log: UInt32) throws -> Row? {
    let statement = try RawStatement(
      database, "SELECT size, root, note, held, consistency FROM checkpoint WHERE log = ?")
    statement.bind(Int64(log), at: 1)
    defer { statement.reset() }
    guard try statement.step(), let root = Digest256(bytes: statement.blob(1)) else { return nil }
    let proof = statement.bytes(4)
    return Row(
      size: UInt64(statement.integer(0)), root: root, note: statement.text(2),
      held: UInt64(statement.integer(3)),
      consistency: stride(from: 0, to: proof.count - 31, by: 32).compactMap {
        Digest256(bytes: proof[$0..<$0 + 32])
      })
  }

  package func set(_ row: Row, log: UInt32) throws {
    let statement = try RawStatement(
      database,
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
    statement.bind(row.consistency.flatMap(\.bytes), at: 6)
    try statement.run()
  }
}
