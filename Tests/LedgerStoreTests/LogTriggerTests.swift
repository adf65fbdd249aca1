import LedgerStore
import TestSupport
import Testing

/// The log is append-only also for who holds the file open: guards against our own mistakes.
@Suite struct LogTriggerTests {
  @Test(arguments: [
    "UPDATE entry SET bytes = x'00'", "UPDATE entry SET seq = seq + 100",
    "UPDATE OR REPLACE entry SET seq = 1", "UPDATE OR IGNORE entry SET bytes = x'00'",
    "DELETE FROM entry", "DELETE FROM entry WHERE seq = 1",
    "REPLACE INTO entry SELECT log, seq, count, x'00' FROM entry",
    "INSERT OR REPLACE INTO entry VALUES (0, 1, 1, x'00')",
    "INSERT INTO entry VALUES (0, 1, 1, x'00')",
    "INSERT INTO entry VALUES (0, 1, 1, x'00') ON CONFLICT DO UPDATE SET bytes = excluded.bytes",
  ])
  func `an entry is never changed, deleted or replaced`(sql: String) throws {
    let folder = try TemporaryFolder()
    for store in [try SampleStore.memory(), try SampleStore.file(in: folder)] {
      let before = try store.texts(Self.all)
      #expect(!before.isEmpty)
      #expect(throws: (any Error).self) { try store.run(sql) }
      #expect(try store.texts(Self.all) == before)
    }
  }

  @Test(arguments: [
    "INSERT INTO entry VALUES (0, 0, 1, x'00')", "INSERT INTO entry VALUES (0, -1, 1, x'00')",
    "INSERT INTO entry VALUES (0, 1000, 1, 'text')", "INSERT INTO log VALUES (9, x'00')",
    "INSERT INTO detached VALUES (0, 1, 0, x'00', 0, x'00')",
  ])
  func `a column holds only what it is for`(sql: String) throws {
    let store = try SampleStore.memory()
    #expect(throws: (any Error).self) { try store.run(sql) }
  }

  private static let all = "SELECT log || '/' || seq || ' ' || hex(bytes) FROM entry ORDER BY 1"
}
