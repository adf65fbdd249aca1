import Crypto
import Foundation
import GRDB
import LedgerCore
import LedgerSchema

extension Store {
  /// Replays everything in a scratch copy and compares each derived table with what it was, row by row: all of it as of
  /// one moment, whoever writes meanwhile.
  ///
  /// - Returns: each derived table, and whether it is what the replay gives.
  package func compareViewsWithReplay() throws -> [(table: String, isEqual: Bool)] {
    let scratch = try scratchCopy()
    defer { scratch.remove() }
    let mine = try scratch.store.database.read { try Self.digests(of: $0) }
    try scratch.store.rebuild()
    let replayed = try scratch.store.database.read { try Self.digests(of: $0) }
    return SchemaText.viewTables.map { ($0, mine[$0] == replayed[$0]) }
  }

  /// A copy of the ledger that may be thrown away.
  private struct Scratch {
    let store: Store
    let directory: URL?

    func remove() {
      if let directory { try? FileManager.default.removeItem(at: directory) }
    }
  }

  private func scratchCopy() throws -> Scratch {
    guard let path else {
      let copy = try Store.memory(zone: zone)
      try database.backup(to: copy.database)
      copy.dropCache()
      return Scratch(store: copy, directory: nil)
    }
    // Beside the ledger: the disk that holds one is likely to hold two, and the copy stays as private.
    let directory = URL(
      fileURLWithPath: path + "-verify-\(ProcessInfo.processInfo.processIdentifier)")
    guard try PrivateFile.makeFolder(at: directory.path) else {
      throw StoreError.fileExists(path: directory.path)
    }
    let copy = directory.appendingPathComponent("copy.ledger").path
    do {
      try self.copy(to: copy)
      return Scratch(store: try Store.open(at: copy), directory: directory)
    } catch {
      // A full disk must not be left with half a copy of what customers wrote.
      try? FileManager.default.removeItem(at: directory)
      throw error
    }
  }

  /// A digest of every row of every derived table, in the order of its primary key.
  private static func digests(of database: Database) throws -> [String: Digest256] {
    var digests: [String: Digest256] = [:]
    for table in SchemaText.viewTables {
      var hash = SHA256()
      let keys = try database.primaryKey(table).columns.joined(separator: ", ")
      try database.forEachRow("SELECT * FROM \(table) ORDER BY \(keys)") { row in
        hash.update(data: row.encodedValues())
      }
      digests[table] = Digest256(hash.finalize())
    }
    return digests
  }
}
