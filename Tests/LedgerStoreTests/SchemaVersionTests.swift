import LedgerCore
import LedgerSchema
import LedgerStore
import Testing
import TestSupport

@Suite struct `A file of another version` {
  @Test func `is refused where it is newer, and left as it is`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.ledger")
    let store = try Store.create(at: path, zone: .utc)
    let next = SchemaVersion.canonical + 1
    try store.exclusively { try RawStatement($0, "PRAGMA user_version = \(next)").run() }
    for _ in 1...2 {
      #expect(
        throws: StoreError.newerVersion(
          path: path, found: next, supported: SchemaVersion.canonical)
      ) { try Store.open(at: path) }
    }
  }
}
