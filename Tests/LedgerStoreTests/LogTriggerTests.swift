import LedgerStore
import TestSupport
import Testing

/// The log is append-only also for who holds the file open: guards against our own mistakes.
@Suite struct LogTriggerTests {
  @Test(arguments: [
    ("UPDATE entry SET bytes = x'00'", "never changed"),
    ("UPDATE entry SET seq = seq + 100", "never changed"),
    ("UPDATE OR REPLACE entry SET seq = 1", "never changed"),
    ("UPDATE OR IGNORE entry SET bytes = x'00'", "never changed"),
    ("DELETE FROM entry", "never deleted"),
    ("DELETE FROM entry WHERE seq = 1", "never deleted"),
    ("REPLACE INTO entry SELECT log, seq, count, x'00' FROM entry", "never replaced"),
    ("INSERT OR REPLACE INTO entry VALUES (0, 1, 1, x'00')", "never replaced"),
    ("INSERT INTO entry VALUES (0, 1, 1, x'00')", "never replaced"),
    (
      "INSERT INTO entry VALUES (0, 1, 1, x'00') ON CONFLICT DO UPDATE SET bytes = excluded.bytes",
      "never replaced"
    ),
  ])
  func `an entry is never changed, deleted or replaced`(sql: String, reason: String) throws {
    let folder = try TemporaryFolder()
    for store in [try SampleStore.memory(), try SampleStore.file(in: folder)] {
      let before = try store.texts(Self.all)
      #expect(!before.isEmpty)
      let error = try #require(throws: (any Error).self) { try store.run(sql) }
      #expect("\(error)".contains(reason), "\(error)")
      #expect(try store.texts(Self.all) == before)
    }
  }

  @Test(arguments: [
    ("INSERT INTO entry VALUES (0, 0, 1, x'00')", "CHECK constraint failed: seq"),
    ("INSERT INTO entry VALUES (0, -1, 1, x'00')", "CHECK constraint failed: seq"),
    ("INSERT INTO entry VALUES (0, 1000, 0, x'00')", "CHECK constraint failed: count"),
    ("INSERT INTO entry VALUES (0, 1000, 1, 'text')", "cannot store TEXT"),
    ("INSERT INTO log VALUES (9, x'00')", "CHECK constraint failed: length(id)"),
    (
      "INSERT INTO detached VALUES (0, 1, 0, x'00', 0, x'00')",
      "CHECK constraint failed: length(salt)"
    ),
  ])
  func `a column holds only what it is for`(sql: String, reason: String) throws {
    let store = try SampleStore.memory()
    // It would refuse every one of these entries for its seq, before a column is looked at.
    try store.run("DROP TRIGGER entry_is_never_replaced")
    let error = try #require(throws: (any Error).self) { try store.run(sql) }
    #expect("\(error)".contains(reason), "\(error)")
  }

  private static let all = "SELECT log || '/' || seq || ' ' || hex(bytes) FROM entry ORDER BY 1"
}
