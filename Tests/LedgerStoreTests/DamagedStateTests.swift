import LedgerCore
import LedgerSchema
import LedgerStore
import TestSupport
import Testing

/// What a torn file may say where the state is loaded from it: an error names it, and nothing traps.
@Suite("Damaged state") struct DamagedStateTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test(arguments: [
    "UPDATE arrival SET count = 4294967295", "UPDATE arrival SET first_seq = 4294967295",
    "UPDATE arrival SET log = 77", "UPDATE arrival SET log = -1",
    "UPDATE arrival SET first_position = 900 WHERE first_position = 1",
  ])
  func `of what is not derived is named, by a rebuild too`(sql: String) throws {
    let store = try store(damagedBy: sql)
    for attempt in [{ try Self.load(store) }, { _ = try store.rebuild() }] {
      let error = #expect(throws: StoreError.self) { try attempt() }
      guard case .damaged? = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
  }

  @Test(arguments: [
    "UPDATE edge SET size = -1", "UPDATE edge SET last_position = 4294967296",
    "UPDATE tail SET position = 900 WHERE position = 3", "UPDATE tail SET row = x'ff'",
  ])
  func `of what is derived is named, and a rebuild mends it`(sql: String) throws {
    let store = try store(damagedBy: sql)
    let error = #expect(throws: StoreError.self) { try Self.load(store) }
    guard case .damagedView? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    try store.rebuild()
    try Self.load(store)
  }

  /// Fewer entries than a run says it has, or more.
  @Test func `of the length of a run is named, by a rebuild too`() throws {
    let store = try store(damagedBy: "UPDATE arrival SET count = 2")
    #expect(throws: StoreError.self) { try Self.load(store) }
    #expect(throws: StoreError.self) { try store.rebuild() }
  }

  private func store(damagedBy sql: String) throws -> Store {
    let made = try SampleStore.file(in: folder)
    try made.run(sql)
    return try Store.open(at: try #require(made.path))
  }

  private static func load(_ store: Store) throws {
    try store.read { _, state in _ = state.lastPosition }
  }
}
