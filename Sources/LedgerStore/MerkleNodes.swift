package import GRDB
package import LedgerCore

/// The nodes of a log's Merkle tree: those of 256 leaves and more are kept, smaller ones are hashed again from the
/// entries when a proof asks for them.
package struct MerkleNodes {
  private let database: Database

  package init(_ database: Database) {
    self.database = database
  }

  /// The node over leaves [index · 2^level, (index + 1) · 2^level).
  ///
  /// - Throws: `StoreError.missingEntry` where an entry of them cannot be read.
  package func node(ofLog log: UInt32, level: Int, index: UInt64) throws -> Digest256 {
    if level >= StoreLimits.subtreeLevelMin, let hash = try kept(log, level, index) { return hash }
    let first = index << UInt64(level) + 1
    return try hashed(log, first: first, count: UInt64(1) << UInt64(level))
  }

  /// The root of the log's first `size` entries.
  package func root(ofLog log: UInt32, size: UInt64) throws -> Digest256 {
    try MerkleTree.root(size: size) { level, index in
      try node(ofLog: log, level: level, index: index)
    }
  }

  package func consistency(
    ofLog log: UInt32, from oldSize: UInt64, to newSize: UInt64
  ) throws -> ConsistencyProof {
    try ConsistencyProof(oldSize: oldSize, newSize: newSize) { level, index in
      try node(ofLog: log, level: level, index: index)
    }
  }

  package func inclusion(ofLog log: UInt32, seq: UInt64, size: UInt64) throws -> InclusionProof {
    try InclusionProof(leaf: seq - 1, size: size) { level, index in
      try node(ofLog: log, level: level, index: index)
    }
  }

  private func kept(_ log: UInt32, _ level: Int, _ index: UInt64) throws -> Digest256? {
    try [UInt8].fetch(
      database, "SELECT hash FROM subtree WHERE log = ? AND level = ? AND number = ?",
      [Int64(log), Int64(level), Int64(index)]
    ).flatMap { Digest256(bytes: $0) }
  }

  private func hashed(_ log: UInt32, first: UInt64, count: UInt64) throws -> Digest256 {
    var frontier = MerkleFrontier()
    let reader = EntryReader(database, keepsStatement: true)
    try reader.forEachEntryInPlace(log: log, seqs: first...first + count - 1) {
      frontier.append(leaf: MerkleTree.leafHash($1))
    }
    guard frontier.size == count else { throw try missing(first + frontier.size, ofLog: log) }
    return frontier.root
  }

  private func missing(_ seq: UInt64, ofLog log: UInt32) throws -> StoreError {
    let id = try [UInt8].fetch(database, "SELECT id FROM log WHERE number = ?", [Int64(log)])
    guard let id = id.flatMap({ LogID(bytes: $0) }) else {
      return .damagedView("a row names log number \(log), which is none")
    }
    return .missingEntry(Address(log: id, seq: seq))
  }
}

extension [UInt8] {
  /// The first column of the first row, where there is one.
  static func fetch(
    _ database: Database, _ sql: String, _ arguments: [Int64]
  ) throws -> [UInt8]? {
    let statement = try RawStatement(kept: database, sql)
    for (index, argument) in arguments.enumerated() {
      statement.bind(argument, at: Int32(index + 1))
    }
    defer { statement.reset() }
    return try statement.step() ? statement.bytes(0) : nil
  }
}
