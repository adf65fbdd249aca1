import FeedbackLedger
package import LedgerStore

/// A store with some entries in it, for tests of the store alone.
package enum SampleStore {
  /// In memory.
  package static func memory(seed: UInt64 = 3) throws -> Store {
    var world = try World(seed: seed, branches: 0)
    try world.record(12, at: 0)
    return world.authority.store
  }

  /// A file.
  package static func file(in folder: TemporaryFolder, seed: UInt64 = 3) throws -> Store {
    var world = try World(seed: seed, branches: 0, folder: folder)
    try world.record(12, at: 0)
    return world.authority.store
  }
}

extension Store {
  /// Runs one statement as a program with the file open could, past every rule of ours.
  package func run(_ sql: String) throws {
    try exclusively { database in try database.forEachRow(sql) { _ in } }
  }

  /// The first column of every row.
  package func texts(_ sql: String) throws -> [String] {
    var texts: [String] = []
    try read { database, _ in try database.forEachRow(sql) { texts.append($0.text(0)) } }
    return texts
  }
}
