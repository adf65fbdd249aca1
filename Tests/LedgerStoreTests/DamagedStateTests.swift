import LedgerCore
import LedgerSchema
import LedgerStore
import TestSupport
import Testing

/// What a torn file may say where the state is loaded from it: an error names it, and nothing traps.
@Suite("Damaged state") struct DamagedStateTests {
  @Test(arguments: [
    "UPDATE arrival SET count = 4294967295", "UPDATE arrival SET count = 2",
    "UPDATE arrival SET first_seq = 4294967295", "UPDATE arrival SET log = 77",
    "UPDATE arrival SET log = -1",
    "UPDATE arrival SET first_position = 900 WHERE first_position = 1",
    "UPDATE edge SET size = -1", "UPDATE edge SET last_position = 4294967296",
    "UPDATE tail SET position = 900 WHERE position = 3", "UPDATE tail SET row = x'ff'",
  ])
  func `is named, not trapped over`(sql: String) throws {
    let folder = try TemporaryFolder()
    let made = try SampleStore.file(in: folder)
    try made.run(sql)
    let path = try #require(made.path)
    #expect(throws: StoreError.self) {
      try Store.open(at: path).read { _, state in _ = state.lastPosition }
    }
  }
}
