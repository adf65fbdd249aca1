import LedgerStore
import TestSupport
import Testing

/// What every connection is set to, read back from SQLite: FULL is what makes "recorded" true after a power cut.
@Suite struct ConnectionSettingTests {
  private static let settings = [
    ("synchronous", "2"), ("trusted_schema", "0"), ("cell_size_check", "1"), ("temp_store", "2"),
    ("secure_delete", "1"), ("recursive_triggers", "1"), ("fullfsync", "1"),
    ("checkpoint_fullfsync", "1"),
  ]
  private static let fileSettings = [
    ("journal_mode", "wal"), ("mmap_size", "0"), ("wal_autocheckpoint", "0"),
    ("journal_size_limit", String(StoreLimits.walBytesMax)),
  ]

  @Test(arguments: settings)
  func `a connection is set as the reliability of the ledger needs it`(name: String, value: String)
    throws
  {
    let folder = try TemporaryFolder()
    for store in [try SampleStore.memory(), try SampleStore.file(in: folder)] {
      try expect(name, value, in: store)
    }
  }

  @Test(arguments: fileSettings)
  func `so is one to a file, when it was made and when it is opened again`(
    name: String, value: String
  ) throws {
    let folder = try TemporaryFolder()
    let store = try SampleStore.file(in: folder)
    try expect(name, value, in: store)
    try expect(name, value, in: try Store.open(at: folder.path("authority.ledger")))
  }

  @Test func `the schema cannot be edited, and the file says whose it is`() throws {
    let folder = try TemporaryFolder()
    let store = try SampleStore.file(in: folder)
    #expect(try store.texts("PRAGMA application_id") == [String(0x53_42_4B_31)])
    #expect(throws: (any Error).self) {
      try store.run("UPDATE sqlite_schema SET sql = '' WHERE name = 'entry'")
    }
  }

  /// On a connection that reads and on the one that writes.
  private func expect(_ name: String, _ value: String, in store: Store) throws {
    #expect(try store.texts("PRAGMA \(name)") == [value], "\(name), reading")
    var written: [String] = []
    try store.exclusively { database in
      try database.forEachRow("PRAGMA \(name)") { written.append($0.text(0)) }
    }
    #expect(written == [value], "\(name), writing")
  }
}
