import FeedbackLedger
import LedgerCore
import LedgerSchema
import LedgerStore
import Synchronization
import TestSupport
import Testing

/// Recording in groups, where the drafts of the next ones are sealed while one is written.
@Suite struct GroupRecordingTests {
  private struct Stop: Error {}

  @Test(arguments: [[0], [1], [3, 0, 5], [256, 257, 1, 1_000]])
  func `each group is one transaction, in order, and each draft has its outcome`(
    sizes: [Int]
  ) throws {
    let ledger = try World(seed: 1, branches: 0).authority
    let before = try ledger.store.read { $1 }
    var reported: [Int] = []
    var addresses: [Address] = []
    try ledger.record(groups: Self.groups(sizes), draft: Self.draft) { outcomes in
      reported.append(outcomes.count)
      for case .recorded(let address) in outcomes { addresses.append(address) }
    }
    let after = try ledger.store.read { $1 }
    let used = sizes.filter { $0 > 0 }
    let size = before.ownLog?.size ?? 0
    #expect(reported == used)
    #expect(addresses.map(\.seq) == (0..<sizes.reduce(0, +)).map { size + 1 + UInt64($0) })
    #expect(after.step == before.step + Int64(used.count))
    #expect(try ledger.verify().findings.isEmpty)
  }

  @Test func `what the groups fail with is thrown, and the groups before are recorded`() throws {
    let ledger = try World(seed: 1, branches: 0).authority
    let before = try ledger.store.read { $1.lastPosition }
    let groups = Self.groups([300, 40])
    #expect(throws: Stop.self) {
      try ledger.record(
        groups: { () throws -> [Int]? in
          guard let group = try groups() else { throw Stop() }
          return group
        }, draft: Self.draft
      ) { _ in }
    }
    #expect(try ledger.store.read { $1.lastPosition } == before + 340)
  }

  @Test func `who wants no more stops it after the group that was recorded`() throws {
    let ledger = try World(seed: 1, branches: 0).authority
    let before = try ledger.store.read { $1.lastPosition }
    #expect(throws: Stop.self) {
      try ledger.record(groups: Self.groups(Array(repeating: 300, count: 500)), draft: Self.draft) {
        _ in throw Stop()
      }
    }
    #expect(try ledger.store.read { $1.lastPosition } == before + 300)
  }

  private static func groups(_ sizes: [Int]) -> @Sendable () throws -> [Int]? {
    let rest = Rest(sizes)
    return { rest.next() }
  }

  private static let draft: @Sendable (Int) -> StampedDraft = { number in
    StampedDraft(
      EventDraft(.ticketOpened(.init())),
      recorded: Instant(microseconds: WallClock.start.microseconds + Int64(number)))
  }

  /// Sizes that are still to come, as groups of numbers.
  private final class Rest: Sendable {
    private let sizes: Mutex<[Int]>

    init(_ sizes: [Int]) {
      self.sizes = Mutex(sizes)
    }

    func next() -> [Int]? {
      sizes.withLock { sizes in sizes.isEmpty ? nil : Array(0..<sizes.removeFirst()) }
    }
  }
}
