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
    "UPDATE arrival SET log = -1", "UPDATE arrival SET first_position = 2",
    "UPDATE edge SET size = -1", "UPDATE edge SET last_position = 4294967296",
    "UPDATE tail SET position = 9", "UPDATE tail SET row = x'ff'",
  ])
  func `is named, not trapped over`(sql: String) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.ledger")
    let made = try Store.create(at: path, zone: .utc)
    try made.write { appender in
      let number = try appender.number(of: LogID(high: 1, low: 2))
      try appender.append(
        [0x09, 1, 0, 0, 0, 0, 0, 0, 0], event: .init(), log: number,
        received: Instant(microseconds: 1), isOwn: false)
    }
    try made.write { _ = try RawStatement(try $0.connection, sql).step() }
    #expect(throws: StoreError.self) {
      try Store.open(at: path).read { _, state in _ = state.lastPosition }
    }
  }
}
